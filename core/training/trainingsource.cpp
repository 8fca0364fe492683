#include "core/training/trainingsource.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/numbers.h"
#include "core/evaluation/encode.h"
#include "core/model/architecture.h"
#include "core/tensors/safetensorsfile.h"
#include "core/text/datasource.h"
#include "core/text/documents.h"
#include "core/text/wordpiecetrainer.h"
#include "core/training/messages.h"
#include "core/training/trainingstate.h"

#include <algorithm>

namespace pare {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestConfig = 16u << 20;

/// The texts that language modelling learns from, with their hash.
Corpus corpusOf(const TrainRequest &request)
{
    return openCorpus(request.corpus.empty() ? request.data : request.corpus);
}

void checkRequest(const TrainRequest &request)
{
    if (request.model.empty() && request.config.empty())
        throw Error(ErrorKind::InvalidSetting, messages::trainingNothing);
    if (!request.model.empty() && !request.config.empty())
        throw Error(ErrorKind::InvalidSetting, messages::trainingBoth);
    if (request.options.objective == Objective::Task && request.data.empty())
        throw Error(ErrorKind::InvalidSetting, messages::trainingNoData);
    if (request.data.empty() && request.corpus.empty())
        throw Error(ErrorKind::InvalidSetting, messages::trainingNoCorpus);
    if (request.output.empty())
        throw Error(ErrorKind::InvalidSetting, messages::trainingNoOutput);
    if (!request.model.empty() && !request.vocabulary.empty())
        throw Error(ErrorKind::InvalidSetting, messages::trainingVocabularyOfModel, request.model);
    std::error_code ignored;
    if (!request.model.empty() && fs::equivalent(request.model, request.output, ignored))
        throw Error(ErrorKind::InvalidSetting, messages::trainingOverwrites, request.output);
}

/// The vocabulary of a new model, trained on its texts where a size is asked for.
class VocabularySource
{
public:
    VocabularySource(const TrainRequest &request, const TokenizerOptions &words)
        : m_request(request)
        , m_words(words)
    {}

    Vocabulary open(NetworkSpecification &network, Progress &progress) const
    {
        constexpr std::string_view sizePrefix = "size=";
        if (m_request.vocabulary.starts_with(sizePrefix)) {
            Vocabulary vocabulary =
                trained(m_request.vocabulary.substr(sizePrefix.size()), progress);
            network.embedding.vocabulary = vocabulary.size();
            return vocabulary;
        }
        const fs::path file = m_request.vocabulary.empty()
                                  ? m_request.config.parent_path() / "vocab.txt"
                                  : fs::path(m_request.vocabulary);
        return Vocabulary::read(file, network.embedding.vocabulary);
    }

private:
    Vocabulary trained(const std::string &size, Progress &progress) const
    {
        const auto number = parseInteger(size);
        if (!number || *number < 1 || *number > 1 << 24)
            throw Error(ErrorKind::InvalidSetting, messages::trainingVocabularySize,
                        m_request.vocabulary);
        progress.step({message(messages::trainingVocabulary)});
        TrainerOptions options;
        options.size = static_cast<int>(*number);
        options.words = m_words;
        WordPieceTrainer trainer(options);
        const Corpus corpus = corpusOf(m_request);
        for (std::size_t i = 0; i < corpus.lines.size(); ++i)
            trainer.add(corpus.lines[i]);
        return trainer.train(progress);
    }

    const TrainRequest &m_request;
    const TokenizerOptions &m_words;
};

struct OpenedModel
{
    Checkpoint checkpoint;
    WordPieceTokenizer tokenizer;
    TrainingStart start;
};

OpenedModel openNew(const TrainRequest &request, Progress &progress)
{
    Checkpoint checkpoint = openCheckpoint(request.config, CheckpointWeights::Ignored);
    if (const std::optional<Message> refusal = whyNotRun(checkpoint.specification))
        throw Error(ErrorKind::Unsupported, *refusal);
    checkpoint.weights.layers.clear(); // of a configuration beside weights only itself is meant
    checkpoint.otherHeads.layers.clear();
    TokenizerOptions options =
        readTokenizerOptions(request.config.parent_path() / "tokenizer_config.json");
    NetworkSpecification &network = checkpoint.specification;
    Vocabulary vocabulary = VocabularySource(request, options).open(network, progress);
    options.maxLength = std::min(options.maxLength.value_or(network.embedding.positions),
                                 network.embedding.positions);
    WordPieceTokenizer tokenizer(std::move(vocabulary), options, request.vocabulary);
    if (const auto pad = tokenizer.padId(); pad < network.embedding.vocabulary)
        network.embedding.padToken = pad;
    return {std::move(checkpoint), std::move(tokenizer), TrainingStart::Scratch};
}

OpenedModel openTrained(const TrainRequest &request)
{
    Checkpoint checkpoint = openCheckpoint(request.model);
    if (checkpoint.compressed)
        checkpoint.warnings.push_back(message(messages::trainingUnpacks, request.model));
    const EmbeddingSpecification &embedding = checkpoint.specification.embedding;
    WordPieceTokenizer tokenizer =
        WordPieceTokenizer::open(checkpoint.folder, embedding.vocabulary, embedding.positions);
    return {std::move(checkpoint), std::move(tokenizer), TrainingStart::Checkpoint};
}

/// The model's own labels where it names them and they hold those of the data, else those of the
/// data.
std::vector<std::string> labelsFor(const NetworkSpecification &network, const Dataset &data,
                                   const TrainRequest &request)
{
    std::vector<std::string> labels = data.labels();
    if (!network.labelsNamed)
        return labels;
    const auto unknown = std::ranges::find_if(labels, [&](const std::string &label) {
        return std::ranges::find(network.labels, label) == network.labels.end();
    });
    if (unknown == labels.end())
        return network.labels;
    if (!request.model.empty() && network.head == HeadKind::Classification && request.warn)
        request.warn(
            message(messages::trainingNewClassifier, request.data, *unknown, labels.size()));
    return labels;
}

Dataset openTask(const std::string &source, const NetworkSpecification &network)
{
    Dataset data = openDataset(source);
    if (data.task() != TaskKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::trainingScores, source);
    if (data.pairs() && network.embedding.tokenTypes < 2)
        throw Error(ErrorKind::Unsupported, messages::trainingTypes, source,
                    network.embedding.tokenTypes);
    return data;
}

TrainingSet setFrom(EncodedData data)
{
    return {std::move(data.sequences), std::move(data.labels)};
}

struct OpenedData
{
    TrainingData data;
    std::vector<std::string> labels;
    std::int64_t truncated = 0;
    Hasher hasher;
};

OpenedData openTaskData(const TrainRequest &request, const OpenedModel &model, Progress &progress)
{
    const NetworkSpecification &network = model.checkpoint.specification;
    const Dataset dataset = openTask(request.data, network);
    OpenedData result;
    result.data.objective = Objective::Task;
    result.labels = labelsFor(network, dataset, request);
    EncodedData train = encoded(dataset, model.tokenizer, {result.labels, request.data}, progress);
    result.truncated = train.truncated;
    result.data.train = setFrom(std::move(train));
    result.hasher.add(dataset.hash());
    if (!request.dev.empty()) {
        const Dataset dev = openTask(request.dev, network);
        result.data.dev =
            setFrom(encoded(dev, model.tokenizer, {result.labels, request.dev}, progress));
        result.hasher.add(dev.hash());
    }
    return result;
}

OpenedData openMaskedData(const TrainRequest &request, const OpenedModel &model, Progress &progress)
{
    OpenedData result;
    result.data.objective = Objective::MaskedLm;
    result.data.masking = maskingFor(model.tokenizer, request.options);
    const std::string &origin = request.corpus.empty() ? request.data : request.corpus;
    const Corpus corpus = corpusOf(request);
    result.data.train = textSet(corpus, model.tokenizer, origin, progress);
    result.hasher.add(corpus.hash);
    if (!request.dev.empty()) {
        const Corpus dev = openCorpus(request.dev);
        result.data.dev = textSet(dev, model.tokenizer, request.dev, progress);
        result.hasher.add(dev.hash);
    }
    return result;
}

std::vector<DocumentTokens> tokensOf(const Corpus &sentences, const WordPieceTokenizer &tokenizer,
                                     Progress &progress)
{
    std::vector<DocumentTokens> documents;
    for (std::size_t i = 0; i < sentences.documents.size(); ++i) {
        progress.step({message(messages::trainingReading), static_cast<std::int64_t>(i),
                       static_cast<std::int64_t>(sentences.documents.size())});
        const LineRange lines = linesOf(sentences, i);
        DocumentTokens document;
        for (std::size_t line = lines.begin; line < lines.end; ++line) {
            const Encoding encoding = tokenizer.encode(sentences.lines[line]);
            if (encoding.ids.size() > 2) // between [CLS] and [SEP]
                document.emplace_back(encoding.ids.begin() + 1, encoding.ids.end() - 1);
        }
        documents.push_back(std::move(document));
    }
    return documents;
}

OpenedData openPairData(const TrainRequest &request, const OpenedModel &model, Progress &progress)
{
    const EmbeddingSpecification &embedding = model.checkpoint.specification.embedding;
    if (embedding.tokenTypes < 2)
        throw Error(ErrorKind::Unsupported, messages::trainingPairTypes, embedding.tokenTypes);
    OpenedData result;
    result.data.objective = request.options.objective;
    PretrainingText &text = result.data.text;
    if (request.options.objective == Objective::Pretraining)
        text.masking = maskingFor(model.tokenizer, request.options);
    text.pairs.objective = request.options.pair;
    text.pairs.maxLength = std::min<std::int64_t>(
        model.tokenizer.options().maxLength.value_or(embedding.positions), embedding.positions);
    text.pairs.classifyId = model.tokenizer.classifyId();
    text.pairs.separatorId = model.tokenizer.separatorId();
    text.pairs.seed = request.options.seed;
    const auto documents = [&](const std::string &source) {
        const Corpus sentences = openSentences(source, progress);
        result.hasher.add(sentences.hash);
        return tokensOf(sentences, model.tokenizer, progress);
    };
    text.train = documents(request.corpus.empty() ? request.data : request.corpus);
    if (!request.dev.empty())
        text.dev = documents(request.dev);
    return result;
}

OpenedData openData(const TrainRequest &request, const OpenedModel &model, Progress &progress)
{
    switch (request.options.objective) {
    case Objective::Task:
        return openTaskData(request, model, progress);
    case Objective::MaskedLm:
        return openMaskedData(request, model, progress);
    case Objective::SentencePair:
    case Objective::Pretraining:
        break;
    }
    return openPairData(request, model, progress);
}

HeadKind headFor(Objective objective)
{
    switch (objective) {
    case Objective::Task:
        return HeadKind::Classification;
    case Objective::MaskedLm:
        return HeadKind::MaskedLm;
    case Objective::SentencePair:
        return HeadKind::SentencePair;
    case Objective::Pretraining:
        break;
    }
    return HeadKind::Pretraining;
}

} // namespace

TrainingSet textSet(const Corpus &corpus, const WordPieceTokenizer &tokenizer,
                    const std::string &origin, Progress &progress)
{
    constexpr std::size_t linesBetweenReports = 1000;
    TrainingSet set;
    for (std::size_t i = 0; i < corpus.lines.size(); ++i) {
        if (i % linesBetweenReports == 0)
            progress.step({message(messages::trainingReading), static_cast<std::int64_t>(i),
                           static_cast<std::int64_t>(corpus.lines.size())});
        const Encoding encoding = tokenizer.encode(corpus.lines[i]);
        if (encoding.ids.size() > 2)
            set.sequences.push_back({{encoding.ids.begin(), encoding.ids.end()},
                                     {encoding.types.begin(), encoding.types.end()}});
    }
    if (set.empty())
        throw Error(ErrorKind::InvalidFile, messages::trainingTooShort, origin);
    return set;
}

MaskingOptions maskingFor(const WordPieceTokenizer &tokenizer, const TrainingOptions &options)
{
    if (!tokenizer.maskId())
        throw Error(ErrorKind::Unsupported, messages::trainingNoMask, maskToken);
    MaskingOptions masking;
    masking.share = options.maskedShare;
    masking.vocabulary = tokenizer.vocabulary().size();
    masking.maskId = *tokenizer.maskId();
    masking.unit = options.masking;
    if (options.masking != MaskingUnit::Token)
        masking.continuing = continuingPieces(tokenizer.vocabulary());
    masking.special = {tokenizer.padId(), tokenizer.classifyId(), tokenizer.separatorId(),
                       masking.maskId};
    return masking;
}

TrainingSource openTrainingSource(const TrainRequest &request, Progress &progress)
{
    checkRequest(request);
    std::error_code ignored;
    if (request.mode == TrainingMode::Resume &&
        !fs::exists(request.output / trainingStateFile, ignored) &&
        fs::exists(request.output / "config.json", ignored))
        throw Error(ErrorKind::InvalidSetting, messages::trainingFinished, request.output);
    if (request.mode == TrainingMode::Fresh &&
        fs::exists(request.output / trainingStateFile, ignored))
        throw Error(ErrorKind::InvalidSetting, messages::trainingUnfinished, request.output,
                    trainingStateFile);
    checkWritableFolder(request.output);
    OpenedModel opened = request.model.empty() ? openNew(request, progress) : openTrained(request);
    if (request.warn) {
        for (const Message &warning : opened.checkpoint.warnings)
            request.warn(warning);
    }
    OpenedData data = openData(request, opened, progress);
    const HeadKind head = headFor(request.options.objective);
    Checkpoint checkpoint = withHead(std::move(opened.checkpoint), head, data.labels);
    if (opened.start == TrainingStart::Checkpoint)
        data.hasher.add(hashOf(checkpoint.specification, checkpoint.weights, progress));
    return {std::move(checkpoint.specification),
            std::move(checkpoint.weights),
            std::move(checkpoint.otherHeads),
            opened.start,
            std::move(opened.tokenizer),
            opened.start == TrainingStart::Checkpoint ? checkpoint.folder : fs::path(),
            std::move(data.data),
            data.truncated,
            data.hasher.hex()};
}

} // namespace pare

#include "core/experiment/weightinputs.h"

#include "core/base/error.h"
#include "core/evaluation/encode.h"
#include "core/evaluation/visitorder.h"
#include "core/experiment/messages.h"
#include "core/text/datasource.h"
#include "core/text/usedtokens.h"

#include <algorithm>

#include <fmt/format.h>

namespace pare {

namespace {

bool readsText(const Step &step)
{
    return step.technique == "prune.vocabulary" && step.has("text");
}

void requireClasses(const Dataset &dataset, const std::string &origin)
{
    if (dataset.task() != TaskKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::experimentScores, origin);
}

} // namespace

std::vector<std::string> textsOf(const Recipe &recipe)
{
    std::vector<std::string> texts;
    for (const Step &step : recipe.steps) {
        if (readsText(step))
            texts.push_back(step.choice("text"));
    }
    return texts;
}

std::string identityOf(const Recipe &recipe, const DataHashes &hashes)
{
    std::string identity;
    if (std::ranges::any_of(recipe.steps, looksAtData))
        identity = fmt::format("{} {}", hashes.calibration, hashes.calibrationExamples);
    for (const std::string &text : textsOf(recipe))
        identity += " " + hashes.texts.at(text);
    return identity;
}

WordPieceTokenizer tokenizerOf(const Checkpoint &checkpoint, const std::vector<int> &tokens)
{
    const EmbeddingSpecification &embedding = checkpoint.specification.embedding;
    WordPieceTokenizer whole =
        WordPieceTokenizer::open(checkpoint.folder, embedding.vocabulary, embedding.positions);
    return tokens.empty() ? whole : restricted(whole, tokens);
}

EncodedData encodedExamples(const Checkpoint &checkpoint, const Dataset &dataset,
                            const std::string &origin, const std::vector<int> &tokens,
                            Progress &progress)
{
    requireClasses(dataset, origin);
    return encoded(dataset, tokenizerOf(checkpoint, tokens),
                   {checkpoint.specification.labels, origin}, progress);
}

void checkExamples(const Checkpoint &checkpoint, const Dataset &dataset, const std::string &origin)
{
    if (checkpoint.specification.head != HeadKind::Classification)
        return;
    requireClasses(dataset, origin);
    checkLabels(dataset, {checkpoint.specification.labels, origin});
}

WeightInputs::WeightInputs(const Checkpoint &checkpoint, const ExperimentOptions &options,
                           Progress &progress)
    : m_checkpoint(checkpoint)
    , m_source(options.calibration)
{
    if (!options.dev.empty())
        m_dev.emplace(checkpoint, options, progress);
    if (m_source.empty())
        return;
    m_dataset = openDataset(m_source);
    EncodedData data = encodedExamples(checkpoint, *m_dataset, m_source, {}, progress);
    m_chosen = stratifiedOrder(data.labels, options.seed);
    m_chosen.resize(
        std::min(m_chosen.size(), static_cast<std::size_t>(options.calibrationExamples)));
    m_calibration.hash = m_dataset->hash();
    for (const std::size_t example : m_chosen) {
        m_calibration.sequences.push_back(std::move(data.sequences[example]));
        m_calibration.labels.push_back(data.labels[example]);
    }
}

CalibrationData WeightInputs::calibrated(const std::vector<int> &tokens, Progress &progress) const
{
    CalibrationData result{{}, m_calibration.labels, m_calibration.hash};
    if (!m_dataset)
        return result;
    EncodedData data = encodedExamples(m_checkpoint, *m_dataset, m_source, tokens, progress);
    for (const std::size_t example : m_chosen)
        result.sequences.push_back(std::move(data.sequences[example]));
    return result;
}

CompressionContext WeightInputs::context(DecompositionCache *decompositions,
                                         Progress &progress) const
{
    CompressionContext context{decompositions, &m_checkpoint.specification, &m_calibration};
    context.statistics = m_statistics ? &*m_statistics : nullptr;
    context.tokensOf = [this, &progress](const std::string &text) {
        if (text.empty() && m_source.empty())
            throw Error(ErrorKind::InvalidSetting, messages::vocabularyNoText);
        return usedTokens(tokenizerOf(m_checkpoint), openCorpus(text.empty() ? m_source : text),
                          progress);
    };
    context.retokenised = [this, &progress](const std::vector<int> &tokens) {
        return calibrated(tokens, progress);
    };
    if (m_dev)
        context.score = [this, &progress](const CompressedModel &model) {
            return m_dev->score(model, progress);
        };
    return context;
}

std::string WeightInputs::devIdentity(const Recipe &recipe) const
{
    return m_dev && choosesSurvivors(recipe) ? m_dev->hash() : std::string();
}

std::string WeightInputs::identity(const Recipe &recipe) const
{
    DataHashes hashes{calibrationHash(), calibrationExamples(), {}};
    for (const std::string &text : textsOf(recipe))
        hashes.texts[text] = openCorpus(text).hash;
    return identityOf(recipe, hashes);
}

} // namespace pare

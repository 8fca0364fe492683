#include "core/training/pretraininglesson.h"

#include "core/network/interrupted.h"
#include "core/network/trainableoperations.h"
#include "core/training/messages.h"

#include <ATen/ops/argmax.h>
#include <c10/core/GradMode.h>
#include <numeric>

namespace pare {

namespace {

double rightOnes(const at::Tensor &logits, const std::vector<std::int64_t> &targets)
{
    const at::Tensor answers = at::argmax(logits, 1);
    const auto *answer = answers.data_ptr<std::int64_t>();
    double right = 0;
    for (std::size_t row = 0; row < targets.size(); ++row)
        right += answer[row] == targets[row] ? 1 : 0;
    return right;
}

} // namespace

PretrainingLesson::PretrainingLesson(TrainableNetwork &network, const PretrainingText &text,
                                     std::int64_t batchTokens)
    : m_network(network)
    , m_text(text)
    , m_batchTokens(batchTokens)
{}

const std::vector<Sequence> &PretrainingLesson::sequences(std::int64_t epoch)
{
    if (epoch != m_epoch) {
        PairOptions options = m_text.pairs;
        options.epoch = epoch;
        m_pairs = sentencePairs(m_text.train, options);
        m_epoch = epoch;
    }
    return m_pairs.sequences;
}

PretrainingLesson::Answers PretrainingLesson::answers(const SentencePairs &pairs,
                                                      std::span<const std::size_t> chosen,
                                                      const LessonStep &step) const
{
    PackedBatch batch = packed(pairs.sequences, chosen);
    Answers answers;
    std::vector<std::int64_t> rows;
    if (hasMaskedLm(m_network.specification().head)) {
        MaskedBatch asked = masked(std::move(batch), m_text.masking, step.seed, step.step);
        batch = std::move(asked.batch);
        rows = std::move(asked.rows);
        answers.targets = std::move(asked.targets);
    }
    for (const std::size_t index : batch.order)
        answers.labels.push_back(pairs.labels[index]);
    TrainablePass pass(m_network, batch, step.forward);
    const at::Tensor hidden = pass.traced().blocks.back().hidden;
    answers.pairs = pass.pairLogits(trainedRows(hidden, batch.starts));
    if (!rows.empty())
        answers.tokens = pass.tokenLogits(trainedRows(hidden, rows));
    return answers;
}

at::Tensor PretrainingLesson::loss(std::span<const std::size_t> batch, const LessonStep &step)
{
    const Answers asked = answers(m_pairs, batch, step);
    at::Tensor loss = trainedCrossEntropy(asked.pairs, asked.labels);
    return asked.tokens.defined() ? loss.add(trainedCrossEntropy(asked.tokens, asked.targets))
                                  : loss;
}

TrainingEvaluation PretrainingLesson::evaluatedOn(PairObjective objective, Progress &progress) const
{
    const c10::NoGradGuard noGradients;
    PairOptions options = m_text.pairs;
    options.objective = objective;
    options.epoch = 0;
    const SentencePairs pairs = sentencePairs(m_text.dev, options);
    std::vector<std::size_t> all(pairs.sequences.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const auto batches = batchesByLength(pairs.sequences, std::move(all), m_batchTokens);
    TrainingEvaluation result;
    result.byLoss = hasMaskedLm(m_network.specification().head); // of two scores none is the one
    double right = 0, tokens = 0, tokensRight = 0, tokensLoss = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        progress.step({message(messages::trainingEvaluating), static_cast<std::int64_t>(i),
                       static_cast<std::int64_t>(batches.size())});
        LessonStep step;
        step.step = static_cast<std::int64_t>(i);
        step.forward.border = interruptedBy(progress);
        const Answers asked = answers(pairs, batches[i], step);
        const auto count = static_cast<double>(asked.labels.size());
        right += rightOnes(asked.pairs, asked.labels);
        result.loss += trainedCrossEntropy(asked.pairs, asked.labels).item<double>() * count;
        result.n += static_cast<std::int64_t>(asked.labels.size());
        if (!asked.tokens.defined())
            continue;
        tokens += static_cast<double>(asked.targets.size());
        tokensRight += rightOnes(asked.tokens, asked.targets);
        tokensLoss += trainedCrossEntropy(asked.tokens, asked.targets).item<double>() *
                      static_cast<double>(asked.targets.size());
    }
    result.loss /= static_cast<double>(std::max<std::int64_t>(result.n, 1));
    result.accuracy = right / static_cast<double>(std::max<std::int64_t>(result.n, 1));
    if (tokens > 0) {
        result.loss += tokensLoss / tokens; // the sum, as it is learnt
        result.scores["mlm"] = tokensRight / tokens;
    }
    return result;
}

std::optional<TrainingEvaluation> PretrainingLesson::evaluated(Progress &progress)
{
    if (m_text.dev.empty())
        return {};
    TrainingEvaluation next = evaluatedOn(PairObjective::NextSentence, progress);
    TrainingEvaluation order = evaluatedOn(PairObjective::SentenceOrder, progress);
    const std::map<std::string, double> scores{{"nsp", next.accuracy}, {"sop", order.accuracy}};
    TrainingEvaluation own =
        m_text.pairs.objective == PairObjective::NextSentence ? next : order;
    own.scores.insert(scores.begin(), scores.end());
    return own;
}

Message PretrainingLesson::title() const
{
    const bool next = m_text.pairs.objective == PairObjective::NextSentence;
    if (hasMaskedLm(m_network.specification().head))
        return message(next ? messages::trainingMaskedNext : messages::trainingMaskedOrder);
    return message(next ? messages::trainingNext : messages::trainingOrder);
}

} // namespace pare

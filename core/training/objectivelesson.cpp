#include "core/training/objectivelesson.h"

#include "core/network/interrupted.h"
#include "core/network/trainableoperations.h"
#include "core/training/messages.h"

#include <ATen/ops/argmax.h>
#include <c10/core/GradMode.h>
#include <numeric>

namespace pare {

namespace {

/// The answers of a network to one batch, and what they should be.
struct Question
{
    at::Tensor logits;
    std::vector<std::int64_t> targets; ///< none where nothing can be asked for
};

Question asked(const TrainableNetwork &network, const TrainingData &data, const TrainingSet &set,
               std::span<const std::size_t> chosen, const LessonStep &step)
{
    PackedBatch batch = packed(set.sequences, chosen);
    Question question;
    if (data.objective == Objective::MaskedLm) {
        MaskedBatch questions = masked(std::move(batch), data.masking, step.seed, step.step);
        if (!questions.rows.empty())
            question.logits =
                network.vocabularyLogits(questions.batch, questions.rows, step.forward);
        question.targets = std::move(questions.targets);
    } else {
        question.logits = network.logits(batch, step.forward);
        for (const std::size_t index : batch.order)
            question.targets.push_back(set.labels[index]);
    }
    return question;
}

} // namespace

ObjectiveLesson::ObjectiveLesson(TrainableNetwork &network, const TrainingData &data,
                                 std::int64_t batchTokens)
    : m_network(network)
    , m_data(data)
    , m_batchTokens(batchTokens)
{}

at::Tensor ObjectiveLesson::loss(std::span<const std::size_t> batch, const LessonStep &step)
{
    const Question question = asked(m_network, m_data, m_data.train, batch, step);
    if (question.targets.empty())
        return {};
    return trainedCrossEntropy(question.logits, question.targets);
}

std::optional<TrainingEvaluation> ObjectiveLesson::evaluated(Progress &progress)
{
    if (m_data.dev.empty())
        return {};
    return pare::evaluated(m_network, m_data, m_data.dev, m_batchTokens, progress);
}

Message ObjectiveLesson::title() const
{
    return message(m_data.objective == Objective::Task ? messages::trainingTask
                                                       : messages::trainingMaskedLm);
}

TrainingEvaluation evaluated(const TrainableNetwork &network, const TrainingData &data,
                             const TrainingSet &set, std::int64_t batchTokens, Progress &progress)
{
    const c10::NoGradGuard noGradients;
    std::vector<std::size_t> all(set.sequences.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const auto batches = batchesByLength(set.sequences, std::move(all), batchTokens);
    TrainingEvaluation result;
    result.byLoss = data.objective == Objective::MaskedLm;
    double right = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        progress.step({message(messages::trainingEvaluating), static_cast<std::int64_t>(i),
                       static_cast<std::int64_t>(batches.size())});
        LessonStep step;
        step.step = static_cast<std::int64_t>(i);
        step.forward.border = interruptedBy(progress);
        const Question question = asked(network, data, set, batches[i], step);
        if (question.targets.empty())
            continue;
        const at::Tensor answers = at::argmax(question.logits, 1);
        const auto *answer = answers.data_ptr<std::int64_t>();
        for (std::size_t row = 0; row < question.targets.size(); ++row)
            right += answer[row] == question.targets[row] ? 1 : 0;
        const auto count = static_cast<std::int64_t>(question.targets.size());
        result.loss += trainedCrossEntropy(question.logits, question.targets).item<double>() *
                       static_cast<double>(count);
        result.n += count;
    }
    if (result.n > 0) {
        result.loss /= static_cast<double>(result.n);
        result.accuracy = right / static_cast<double>(result.n);
    }
    return result;
}

} // namespace pare

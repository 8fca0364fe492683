// The objectives of plain training: a task's labels, masked tokens. Each alone learns from text what
// its paper says; see masking.h.
#pragma once

#include "core/training/lesson.h"
#include "core/training/trainingset.h"

namespace pare {

class ObjectiveLesson : public Lesson
{
public:
    /// References are kept.
    ObjectiveLesson(TrainableNetwork &network, const TrainingData &data, std::int64_t batchTokens);

    std::vector<NamedParameter> parameters() const override { return m_network.parameters(); }
    const std::vector<Sequence> &sequences(std::int64_t) override { return m_data.train.sequences; }
    at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) override;
    std::optional<TrainingEvaluation> evaluated(Progress &progress) override;
    Message title() const override;

protected:
    TrainableNetwork &network() { return m_network; }
    const TrainingData &data() const { return m_data; }
    std::int64_t batchTokens() const { return m_batchTokens; }

private:
    TrainableNetwork &m_network;
    const TrainingData &m_data;
    std::int64_t m_batchTokens;
};

/// Loss and accuracy over a whole set, without dropout; masked tokens are the same at each call.
TrainingEvaluation evaluated(const TrainableNetwork &network, const TrainingData &data,
                             const TrainingSet &set, std::int64_t batchTokens, Progress &progress);

} // namespace pare

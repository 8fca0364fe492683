// Learning from running text whether sentences follow each other (next sentence prediction, sentence
// order prediction), alone or beside masked tokens. Pairs are drawn anew for every epoch.
#pragma once

#include "core/training/lesson.h"
#include "core/training/masking.h"
#include "core/training/sentencepairs.h"

namespace pare {

/// What it learns from.
struct PretrainingText
{
    std::vector<DocumentTokens> train;
    std::vector<DocumentTokens> dev; ///< may be empty
    MaskingOptions masking;          ///< where tokens are masked
    PairOptions pairs;               ///< but for the epoch
};

class PretrainingLesson : public Lesson
{
public:
    /// A network with HeadKind::SentencePair or Pretraining; the latter masks tokens too. References
    /// are kept.
    PretrainingLesson(TrainableNetwork &network, const PretrainingText &text,
                      std::int64_t batchTokens);

    std::vector<NamedParameter> parameters() const override { return m_network.parameters(); }
    const std::vector<Sequence> &sequences(std::int64_t epoch) override;
    at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) override;
    /// Of the objective that is learnt; `scores` has both. Beside masked tokens the smaller sum of both
    /// losses is the better.
    std::optional<TrainingEvaluation> evaluated(Progress &progress) override;
    Message title() const override;

private:
    struct Answers
    {
        at::Tensor pairs;  ///< [sequences, 2]
        at::Tensor tokens; ///< [rows, vocabulary]; undefined: none are asked for
        std::vector<std::int64_t> labels;
        std::vector<std::int64_t> targets;
    };

    Answers answers(const SentencePairs &pairs, std::span<const std::size_t> batch,
                    const LessonStep &step) const;
    TrainingEvaluation evaluatedOn(PairObjective objective, Progress &progress) const;

    TrainableNetwork &m_network;
    const PretrainingText &m_text;
    std::int64_t m_batchTokens;
    SentencePairs m_pairs; ///< of m_epoch
    std::int64_t m_epoch = -1;
};

} // namespace pare

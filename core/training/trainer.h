// Trains one network: batches in, steps of the optimiser, evaluations at the end of epochs.
//
// Runs on the calling thread, which has set its thread counts. Where it stands (TrainerPosition,
// parameters, moments) is all there is to resume from: order, masks and dropout follow from seed,
// epoch and step.
#pragma once

#include "core/base/progress.h"
#include "core/training/adamw.h"
#include "core/training/lesson.h"
#include "core/training/trainingreport.h"

#include <functional>
#include <optional>

namespace pare {

struct TrainerPosition
{
    std::int64_t epoch = 0; ///< epochs finished
    std::int64_t batch = 0; ///< batches of the next epoch finished
    double lossSum = 0;     ///< since the last point
    double normSum = 0;     ///< of gradients, likewise
    std::int64_t lossCount = 0;
    bool stopped = false; ///< early: nothing got better for long enough
};

/// What whoever owns a trainer does meanwhile.
struct TrainerEvents
{
    std::function<void()> step;     ///< after each step; everything may be saved now
    std::function<void()> improved; ///< after an evaluation better than all before
    std::function<void()> epoch;    ///< after each epoch and its evaluation
};

class Trainer
{
public:
    /// `options` have their defaults filled in. The reference is kept.
    Trainer(Lesson &lesson, const TrainingOptions &options);

    /// To the end. Throws Cancelled, between steps as it seems from outside: parameters are those
    /// after the last whole step. Throws Error (Unexpected numbers, memory).
    void run(Progress &progress, const TrainerEvents &events);

    const TrainingReport &report() const { return m_report; }
    const TrainerPosition &position() const { return m_position; }
    AdamW &optimizer() { return m_optimizer; }
    void resume(const TrainerPosition &position, TrainingReport report);

private:
    void runEpoch(Progress &progress, const TrainerEvents &events, double share);
    struct Learnt
    {
        double loss = 0;
        double gradientNorm = 0;
    };
    /// Nothing where the batch asked nothing.
    std::optional<Learnt> learn(const std::vector<std::size_t> &batch, double share, Progress &progress);
    std::int64_t wholeSteps() const;
    void clearGradients();
    void record(const std::optional<Learnt> &learnt, std::size_t batches);
    void reportTo(Progress &progress) const;
    void evaluate(Progress &progress, const TrainerEvents &events);

    Lesson &m_lesson;
    TrainingOptions m_options;
    AdamW m_optimizer;
    TrainerPosition m_position;
    TrainingReport m_report;
    double m_learningRate = 0;
    std::int64_t m_epochBatches = 0;
};

} // namespace pare

// What a training teaches: the loss of one batch, and how far it has come. Trainer walks through it.
//
// Belongs to one training, on its thread; keeps references to the networks it trains.
#pragma once

#include "core/base/progress.h"
#include "core/network/trainablenetwork.h"
#include "core/training/trainingreport.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pare {

/// Where a training stands when a batch is learnt.
struct LessonStep
{
    std::uint64_t seed = 0;
    std::int64_t step = 0;    ///< steps finished before
    std::int64_t steps = 1;   ///< of the whole training, as far as is known
    double share = 0;         ///< of it that is done after this step, 0…1
    ForwardOptions forward;   ///< with dropout and borders
};

class Lesson
{
public:
    virtual ~Lesson() = default;

    /// What is trained, in an order that does not change.
    virtual std::vector<NamedParameter> parameters() const = 0;

    /// What an epoch learns from; valid until the next call.
    virtual const std::vector<Sequence> &sequences(std::int64_t epoch) = 0;

    /// The loss of these sequences of that epoch, a scalar with gradients; undefined where they ask
    /// nothing.
    virtual at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) = 0;

    /// Factors of the learning rate in this step, one for each of parameters(); empty: 1.
    virtual std::vector<double> rateFactors(const LessonStep &) const { return {}; }

    /// The share (0…1) of the training that is done, before an evaluation: where a training is taken
    /// up again, no batch need have come before it.
    virtual void reached(double) {}

    /// On the development data; nothing where there are none.
    virtual std::optional<TrainingEvaluation> evaluated(Progress &progress) = 0;

    /// Whether a model as it is now may be kept as the best: schedules have come to their end.
    virtual bool isWhole() const { return true; }

    /// What rises or falls with the steps, for charts: TrainingRecord::schedules.
    virtual Schedules schedules(std::int64_t) const
    {
        return {};
    }

    /// What it does, for progress reports.
    virtual Message title() const = 0;
};

} // namespace pare

// What a training did: plain values.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace pare {

/// Means over the steps since the point before.
struct TrainingPoint
{
    std::int64_t step = 0;   ///< steps done
    double epoch = 0;        ///< epochs done
    double loss = 0;         ///< nats
    double learningRate = 0; ///< of the last of them
    double gradientNorm = 0; ///< of all gradients, before clipping

    bool operator==(const TrainingPoint &) const = default;
};

/// On the development data, after an epoch.
struct TrainingEvaluation
{
    std::int64_t step = 0;
    double epoch = 0;
    double loss = 0;     ///< nats
    double accuracy = 0; ///< of labels, or of masked tokens
    std::int64_t n = 0;  ///< how many of them
    bool best = false;   ///< so far: kept as the model
    bool byLoss = false; ///< the smaller loss is the better; else the higher accuracy
    bool whole = true;   ///< schedules had come to their end, so that it may be kept
    /// Shares of right answers to what is asked beside: "nsp", "sop", "mlm".
    std::map<std::string, double> scores = {};

    bool isBetterThan(const TrainingEvaluation &other) const
    {
        return byLoss ? loss < other.loss : accuracy > other.accuracy;
    }
    bool operator==(const TrainingEvaluation &) const = default;
};

/// One point of a schedule, for a chart.
struct SchedulePoint
{
    std::int64_t step = 0;
    double value = 0;

    bool operator==(const SchedulePoint &) const = default;
};

/// By name: "sparsity" (as a share of that of the end), "bits", "replacement".
using Schedules = std::map<std::string, std::vector<SchedulePoint>>;

/// Of one schedule, not empty: the first step from which it stays as it is at the end.
std::int64_t settledAt(const std::vector<SchedulePoint> &points);

/// Before a training begins.
struct SchedulePlan
{
    enum class Axis {
        Share, ///< the last point's step is the whole training, however long it will be
        Steps
    };
    Schedules schedules;
    Axis axis = Axis::Share;

    bool operator==(const SchedulePlan &) const = default;
};

struct TrainingRecord
{
    std::int64_t steps = 0;
    std::int64_t tokens = 0; ///< gone through forward and backward
    double seconds = 0; ///< of training, without evaluations; of all sittings where it was resumed
    std::vector<TrainingPoint> points;
    std::vector<TrainingEvaluation> evaluations;
    /// What was to rise or fall with the steps, as planned before the first of them.
    Schedules schedules = {};

    double tokensPerSecond() const
    {
        return seconds > 0 ? static_cast<double>(tokens) / seconds : 0;
    }
    bool operator==(const TrainingRecord &) const = default;
};

/// One training after the other: `second` began after `epochs` epochs.
TrainingRecord joined(TrainingRecord first, const TrainingRecord &second, double epochs);

/// steps, tokens, seconds, tokensPerSecond, points[], evaluations[], schedules where there are any.
nlohmann::ordered_json toJson(const TrainingRecord &record);
/// Throws nlohmann's exceptions for a document of another form.
TrainingRecord trainingRecordFromJson(const nlohmann::ordered_json &json);

nlohmann::ordered_json toJson(const TrainingPoint &point);
nlohmann::ordered_json toJson(const TrainingEvaluation &evaluation);

} // namespace pare

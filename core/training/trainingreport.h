// What a training did: plain values.
#pragma once

#include "core/training/trainingoptions.h"

#include <cstdint>
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

    bool operator==(const TrainingEvaluation &) const = default;
};

struct TrainingReport
{
    TrainingOptions options; ///< with defaults filled in
    std::int64_t steps = 0;
    std::int64_t tokens = 0; ///< gone through forward and backward
    double seconds = 0; ///< of training, without evaluations; of all sittings where it was resumed
    std::int64_t parameters = 0;
    std::int64_t truncated = 0; ///< examples that were longer than the model reads
    std::vector<std::string> labels;
    std::vector<TrainingPoint> points;
    std::vector<TrainingEvaluation> evaluations;

    double tokensPerSecond() const
    {
        return seconds > 0 ? static_cast<double>(tokens) / seconds : 0;
    }
};

/// schema, objective, steps, epochs, learningRate, batchTokens, seed, tokens, seconds,
/// tokensPerSecond, parameters, truncated, labels, points[], evaluations[].
nlohmann::ordered_json toJson(const TrainingReport &report);

nlohmann::ordered_json toJson(const TrainingPoint &point);
nlohmann::ordered_json toJson(const TrainingEvaluation &evaluation);

} // namespace pare

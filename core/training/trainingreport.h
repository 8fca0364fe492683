// What a training did: plain values.
#pragma once

#include "core/model/trainingrecord.h"
#include "core/training/trainingoptions.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace pare {

struct TrainingReport : TrainingRecord
{
    TrainingOptions options; ///< with defaults filled in
    std::int64_t parameters = 0;
    std::int64_t truncated = 0; ///< examples that were longer than the model reads
    std::vector<std::string> labels;
};

/// schema, objective, steps, epochs, learningRate, batchTokens, seed, tokens, seconds,
/// tokensPerSecond, parameters, truncated, labels, points[], evaluations[].
nlohmann::ordered_json toJson(const TrainingReport &report);

} // namespace pare

// Weights that training made, kept beside a project file: NAME.pare.weights, a model folder each,
// named by the hash of its weights. Free functions; whoever holds the project's lock.
#pragma once

#include <cstdint>
#include <filesystem>

namespace pare {

std::filesystem::path trainedWeightsFolder(const std::filesystem::path &project);

struct TrainedWeights
{
    std::int64_t models = 0;
    std::int64_t bytes = 0;
};

/// What is kept there.
TrainedWeights trainedWeights(const std::filesystem::path &project);

/// Removes the oldest until no more than `limit` bytes are kept; the newest stays in any case. Runs
/// whose weights are gone can be trained again.
void limitTrainedWeights(const std::filesystem::path &project, std::int64_t limit);

} // namespace pare

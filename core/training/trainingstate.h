// Where a training stands, in one file: parameters, moments of the optimiser, position and report.
//
// Written atomically beside the model that is being made. Free functions; the trainer's thread.
#pragma once

#include "core/training/trainer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pare {

inline constexpr auto trainingStateFile = "training-state.safetensors";

/// `fingerprint` says which training it belongs to; `best`: the best parameters so far, like those
/// of the trainer, or none. Throws Io.
void saveTrainingState(const std::filesystem::path &file, const std::string &fingerprint,
                       Trainer &trainer, const std::vector<at::Tensor> &best = {});

/// Puts network and trainer where the file left them and returns the best parameters that were saved
/// with them. Throws InvalidFile where it belongs to another training or does not fit the network;
/// Io.
std::vector<at::Tensor> restoreTrainingState(const std::filesystem::path &file,
                                             const std::string &fingerprint,
                                             Trainer &trainer);

} // namespace pare

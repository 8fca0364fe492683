// The model that an export writes: what a recipe makes of a folder, or what a run measured.
//
// Made on the thread that computes, which has set its thread counts; a value from then on.
#pragma once

#include "core/base/progress.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/experiment.h"
#include "core/model/exportrecord.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace pare {

struct ExportSource
{
    std::shared_ptr<const Checkpoint> checkpoint; ///< whose tokenizer it reads with
    NetworkSpecification specification;
    ModelWeights weights;
    ModelWeights otherHeads = {}; ///< written beside, where the format has a place for them
    std::vector<int> tokens = {}; ///< ids of those that are left; empty: all
    ExportRecord record;          ///< without what writing adds to it
    std::vector<Message> notes = {};
};

/// Throws InvalidSetting where `folder` holds what is not ours or is that of `model`, a folder or a file in it, and
/// Io where it cannot be written to. Writes nothing.
void checkExportFolder(const std::filesystem::path &model, const std::filesystem::path &folder);

/// What `recipe` makes of the model, without measuring. Of the options those count that weights
/// follow from; `folder` is checked before anything is computed. Throws Error and Cancelled.
ExportSource exportSource(const ExperimentOptions &options, const Recipe &recipe,
                          const std::filesystem::path &folder, Progress &progress);

/// The weights that `run` measured, checked against its hash: those that its training left in
/// `trained` (ExperimentOutputs::trained), else made again. Throws Error and Cancelled.
ExportSource exportSource(const Run &run, const std::filesystem::path &trained,
                          const std::filesystem::path &folder, Progress &progress);

} // namespace pare

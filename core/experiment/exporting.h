// Writes a model so that others can read it, reads it again and compares.
//
// Runs on the calling thread, which has set its thread counts.
#pragma once

#include "core/experiment/exportsource.h"

#include <functional>

namespace pare {

struct ExportTarget
{
    std::filesystem::path folder;
    ExportFormat format = ExportFormat::Packed;
    DType dtype = DType::Float32; ///< of what is written dense: Float32 or Float16
    std::string verify = {};      ///< data whose answers must be the same; empty: random tokens
    std::int64_t batchTokens = 2048;
    /// Told once the file was read again, and before a mismatch is thrown.
    std::function<void(const ExportRecord &)> checked = {};
};

/// What a project keeps of it, now; `run`: its id, or empty.
KeptExport keptExport(const ExportRecord &record, const std::filesystem::path &folder,
                      const std::string &run);

struct Exported
{
    ExportRecord record;
    std::vector<Message> warnings;
    std::vector<Message> notes;
};

/// Compares what stands in `target.folder` with what it was written from, and says in `record`, its
/// `pare.json` and the card what was found. Throws InvalidFile, after that, where it is not the same;
/// Error, Cancelled.
ExportRecord checkedExport(const ExportSource &source, ExportRecord record,
                           const ExportTarget &target, Progress &progress);

/// Writes the weights, the tokenizer's files, `pare.json` and a model card, then opens the file as a
/// stranger would and compares every weight, and answers, with what was written. A file that is not what
/// it should be is marked so in `pare.json` and the card. Throws Unsupported for models the format has
/// no words for, InvalidFile where the comparison failed, Io, Cancelled.
Exported exportModel(const ExportSource &source, const ExportTarget &target, Progress &progress);

/// exportModel() of what a recipe makes.
Exported exportModel(const ExperimentOptions &options, const Recipe &recipe,
                     const ExportTarget &target, Progress &progress);
/// exportModel() of what a run measured; `trained` as in ExperimentOutputs.
Exported exportRun(const Run &run, const ExportTarget &target, Progress &progress,
                   const std::filesystem::path &trained = {});

} // namespace pare

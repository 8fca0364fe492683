// Whether the weights in an exported file are those it was written from, in each format.
//
// One tensor is unpacked at a time beside what it is held against. Runs on the calling thread, which has
// set its thread counts.
#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/experiment/exporting.h"

namespace pare {

/// What of a comparison is found first.
struct WeightsFound
{
    std::int64_t layers = 0;  ///< that are as they were written
    std::string failure = {}; ///< in words; empty: all are
};

/// A `model.safetensors` unpacked by FORMAT.md alone, every number the same, sharing as it was, nothing
/// missing and nothing more. Throws Error, Cancelled.
WeightsFound comparePacked(const ExportSource &source, const ExportTarget &target,
                           Progress &progress);

/// The same of plain numbers, which are rounded once, as their type rounds.
WeightsFound compareDense(const ExportSource &source, const ExportTarget &target,
                          Progress &progress);

/// A `model.pt` as its pickled numbers have it, without running it; `read` is that of `target.folder`.
WeightsFound compareScript(const ExportSource &source, const ExportTarget &target,
                           const Checkpoint &read, Progress &progress);

/// A `model.gguf` read by the description of the format alone: blocks and float32 have every number as it
/// was, float16 and bfloat16 the nearest there is; all tensors of the layout, and no others; the tokenizer text by
/// text.
WeightsFound compareGguf(const ExportSource &source, const ExportTarget &target,
                         Progress &progress);

/// In what type a `model.gguf` has plain numbers, by layer; codes, which have lost nothing: Float32.
std::map<std::string, DType> ggufTypesOf(const ExportSource &source, const ExportTarget &target);

} // namespace pare

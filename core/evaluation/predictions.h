// Every answer of a run as a table that other programs read.
#pragma once

#include "core/evaluation/encodeddata.h"

#include <ATen/core/Tensor.h>
#include <filesystem>

namespace pare {

/// Writes tab-separated text with a header, one row per example in the data's order: `example`
/// (from 0), `label`, `predicted`, `baseline` (the uncompressed model's answer), `logits`
/// (separated by commas, nine significant digits, which read back as the same float32). Both logits
/// float32 [examples, labels]. The file appears complete or not at all. Throws Io, and Unsupported
/// for a label with a tab or line break.
void writePredictions(const std::filesystem::path &path, const EncodedData &data,
                      const at::Tensor &logits, const at::Tensor &baselineLogits);

} // namespace pare

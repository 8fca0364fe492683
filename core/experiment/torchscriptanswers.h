// What a TorchScript file answers, run by LibTorch alone. A free function; the calling thread computes.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/encodeddata.h"

#include <ATen/core/Tensor.h>
#include <filesystem>

namespace pare {

/// Logits float32 [examples, labels] in the data's order; batches are padded to their
/// longest sequence, and at most `batchTokens` tokens with that. Throws InvalidFile where the file is
/// none or does not run, Cancelled.
at::Tensor torchScriptAnswers(const std::filesystem::path &file, const EncodedData &data,
                              std::int64_t batchTokens, Progress &progress);

} // namespace pare

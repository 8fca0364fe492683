// What a TorchScript file answers, run by LibTorch alone. A free function; the calling thread computes.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/encodeddata.h"

#include <ATen/core/Tensor.h>
#include <filesystem>
#include <functional>

namespace pare {

/// Whole numbers [batch, length of the longest], 0 where a sequence has ended.
struct PaddedBatch
{
    at::Tensor ids;
    at::Tensor seen; ///< 1 where there is a token
    at::Tensor types;
};

/// What `forward` answers to batches as others pad them, in the data's order: logits float32 [examples,
/// labels], the first token's where each token has some. At most `batchTokens` tokens at once. Throws
/// Cancelled.
at::Tensor paddedAnswers(const EncodedData &data, std::int64_t batchTokens,
                         const std::function<at::Tensor(const PaddedBatch &)> &forward,
                         Progress &progress);

/// Logits float32 [examples, labels] in the data's order; batches are padded to their
/// longest sequence, and at most `batchTokens` tokens with that. Throws InvalidFile where the file is
/// none or does not run, Cancelled.
at::Tensor torchScriptAnswers(const std::filesystem::path &file, const EncodedData &data,
                              std::int64_t batchTokens, Progress &progress);

} // namespace pare

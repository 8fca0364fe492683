// What a model of few bits answers where inputs are rounded, by LibTorch's operations alone, one after the
// other as a `model.pt` has them: what such a file is held against.
//
// In another order of adding up, a rounded input that lies between two codes goes the other way, and the
// layers behind it see that. Slow and plain; runs on the calling thread.
#pragma once

#include "core/experiment/exportsource.h"
#include "core/experiment/torchscriptanswers.h"

namespace pare {

/// Logits as torchScriptAnswers() gives them, of the source's weights rounded to `values`. For models that
/// checkScriptComputes() accepts. Throws Cancelled.
at::Tensor plainAnswers(const ExportSource &source, DType values, const EncodedData &data,
                        std::int64_t batchTokens, Progress &progress);

} // namespace pare

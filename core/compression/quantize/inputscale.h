// Weights that are stored multiplied by a factor s per input, and inputs divided by it: what AWQ and
// SmoothQuant have in common. Any thread.
#pragma once

#include <ATen/core/Tensor.h>

namespace pare {

/// What Factor::withInputScale() takes for factors `s` (float64 [in]): 1/s in half precision, kept
/// within its normal range; 1 where s is not a finite number above 0.
at::Tensor inputScaleFor(const at::Tensor &factors);

/// `values` (float32 [out, in]) divided by that scale as it is stored: what codes are taken of, so
/// that their rounding makes good the scale's.
at::Tensor dividedByScale(const at::Tensor &values, const at::Tensor &inputScale);

} // namespace pare

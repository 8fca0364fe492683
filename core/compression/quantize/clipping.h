// How far the codes of an affine codec reach: to the outermost weight, or less far, where a finer
// grid for the many outweighs the few that are clipped.
//
//   percentile  leaves out the floor(n/1000) outermost of a slot's n kept weights: by magnitude where
//               the codec is symmetric, else as many at either end. A slot of fewer than 1,000
//               weights is not clipped
//   mse         the factor f of 1.00, 0.99, … 0.20 whose range f·[low, high] gives the smallest
//               Σ(x − x̂)² over the slot's kept weights; of equal ones the largest. f = 1 is the
//               plain range, so that the error is never above that of plain rounding
//
// Any thread; results do not depend on the number of threads.
#pragma once

#include "core/weights/scales.h"

#include <ATen/core/Tensor.h>
#include <span>

namespace pare {

enum class Clip { MinMax, Percentile, Mse };

/// For the slots of `values` (float32 [rows, columns]); `mask` bool of that shape, or undefined:
/// masked-out weights do not count. Affine codecs only. Throws Unsupported for values that are not
/// finite or need scales beyond half precision.
Scales clippedScales(const at::Tensor &values, const Codec &codec, const at::Tensor &mask,
                     Clip clip);

/// For one slot, whose kept weights (finite) are `kept`.
SlotScale clippedScale(std::span<const float> kept, const Codec &codec, Clip clip);

} // namespace pare

// The matrices behind binary codes of two planes: values that are stored as the sum of two signs, each
// times a scale of its own. Any thread; results do not depend on the number of threads.
#pragma once

#include "core/weights/codec.h"

#include <ATen/core/Tensor.h>

namespace pare {

class Factor;

/// float32 [out, in], contiguous. A plane is stored as its signs and, by slot, its mean magnitude.
struct Planes
{
    at::Tensor first;
    at::Tensor second;
};

/// The two planes nearest to one matrix: by slot, the levels ±high and ±low, borders of magnitudes
/// half-way between them (Lloyd 1982). Values that lie on two such levels stay as they are (on one
/// alone: to half precision).
/// `values` float32 [out, in], contiguous; `mask` bool of that shape, or undefined; `codec` binary.
/// Throws Unsupported for values that are not finite.
Planes nearestPlanes(const at::Tensor &values, const Codec &codec, const at::Tensor &mask);

/// Ternary weight splitting (Bai et al. 2021, 2012.15701): what adds up to `latent` (float32, of the
/// factor's shape), weight by weight, and is stored as planes that add up to `ternary`, the factor
/// that `latent` was encoded as: exactly, but where half of a scale has no half precision (below
/// 1.2e-4). Weights that are stored become a·w and (1 − a)·w; of those that are zero, one plane gets
/// +b and the other −b, and whichever has the weight's own sign gets the weight beside it. a and b
/// follow from both planes having half of the ternary scale. Where the signs of the small weights
/// lean so far to one side that a is not within 0…1, +b goes to the plane with the smaller sum, weight
/// by weight, instead of always to the first.
Planes splitTernary(const at::Tensor &latent, const Factor &ternary);

} // namespace pare

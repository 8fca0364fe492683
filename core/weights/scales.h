// The scales and zero points of affine codes, chosen apart from the codes: by the range of the
// weights here, by clipping or in the course of GPTQ in core/compression. Any thread; results do
// not depend on the number of threads.
#pragma once

#include "core/weights/codec.h"

#include <ATen/core/Tensor.h>
#include <c10/util/Half.h>

namespace pare {

/// One per slot: matrix, row, or group, as codec.granularity says.
struct Scales
{
    at::Tensor scales;     ///< float16 [slots]
    at::Tensor zeroPoints; ///< uint8 [slots]; undefined for symmetric codecs
};

/// Those of one slot.
struct SlotScale
{
    c10::Half scale;
    std::uint8_t zeroPoint = 0; ///< asymmetric only
};

/// `scale` in half precision: to the nearest; below the normal range (6.1e-5) upwards, so that
/// small rows lose precision, but nothing is clipped. Throws Unsupported beyond 65504.
c10::Half roundedScale(double scale);

/// The scale with which the codes reach from `low` to `high`, widened to hold 0 (encoding.h has the
/// formulas).
SlotScale scaleOfRange(float low, float high, const Codec &codec);

/// Scales that reach from the smallest to the largest kept weight of each slot. `values` float32
/// [rows, columns], contiguous; `mask` bool of that shape, or undefined; affine codecs. Throws
/// Unsupported for values that are not finite or need scales beyond half precision.
Scales minMaxScales(const at::Tensor &values, const Codec &codec, const at::Tensor &mask = {});

/// Scales and zero points with which codes of `bits` reach as far as those of `codec` do with
/// `scales`, but for their rounding.
Scales sameRange(const Scales &scales, const Codec &codec, int bits);

/// Throws InvalidSetting where they are not `slots` finite numbers from 0 of the types above, with
/// zero points (each a code) exactly where `codec` is asymmetric.
void checkScales(const Scales &scales, const Codec &codec, std::int64_t slots);

} // namespace pare

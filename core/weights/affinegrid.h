// The evenly spaced values that affine codes stand for: one rule of rounding for all who use it.
#pragma once

#include "core/weights/scales.h"

#include <algorithm>

namespace pare {

/// The values of one slot: scale · (code − zero).
struct AffineGrid
{
    float scale = 0;
    float zero = 0; ///< the code of 0
    float low = 0;  ///< fewest steps from 0, codes from lowest to highest less `zero`
    float high = 0; ///< most steps

    AffineGrid() = default;
    AffineGrid(SlotScale slot, const Codec &codec)
        : scale(slot.scale)
        , zero(static_cast<float>(codec.symmetric ? 1 << (codec.bits - 1) : slot.zeroPoint))
        , low((codec.symmetric ? 1.0f : 0.0f) - zero)
        , high(static_cast<float>((1 << codec.bits) - 1) - zero)
    {}

    /// Code − zero of the value nearest to a finite `x`, half to even, kept inside the range. Only
    /// for a scale above 0.
    float steps(float x) const
    {
        // Adding 1.5·2^23 and taking it away rounds half to even without a call per weight.
        constexpr float roundingAid = 12582912.0f;
        const float q = std::min(std::max(x / scale, low), high);
        return (q + roundingAid) - roundingAid;
    }

    /// The value nearest to `x`.
    float nearest(float x) const { return scale > 0 ? scale * steps(x) : 0.0f; }
};

} // namespace pare

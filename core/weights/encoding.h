// Between the values of a matrix and the codes of a codec: the arithmetic behind Factor. Any
// thread; uses LibTorch's threads, with results that do not depend on how many there are.
//
//   affine    symmetric: s = max|x| / (2^(b-1) − 1), q in ±(2^(b-1) − 1), stored as q + 2^(b-1) (so
//             0 is no code); asymmetric: the range is widened to hold 0, s = (max − min)/(2^b − 1),
//             z = round(−min/s), stored code and zero point in [0, 2^b − 1]; either way
//             x̂ = s·(code − zero), rounding half to even
//   ternary   Δ = 0.7·mean|x|, α = mean(|x| : |x| > Δ), codes 0, 1, 2 for −α, 0, α
//             (Li et al. 2016)
//   binary    α = mean|x|, codes 0, 1 for −α, α; 0 counts as positive (Rastegari et al. 2016)
//             two planes: a weight is ±α₁ ± α₂, each with the mean and the signs of a matrix of its
//             own (planes.h); the code's lower bit is the first plane's
//   codebook  the nearest value, the lower one of two equally near
//
// Means are taken over kept weights. Scales are rounded to half precision before codes are taken
// with them; one below half's normal range (6.1e-5) is rounded up, so that small rows lose
// precision, but nothing is clipped. A group of zeros has scale 0.
#pragma once

#include "core/weights/codec.h"
#include "core/weights/planes.h"
#include "core/weights/scales.h"

#include <ATen/core/Tensor.h>

namespace pare {

/// What a codec that is not dense keeps of a matrix.
struct Codes
{
    at::Tensor packed;     ///< uint8, bitpacking.h, all weights row by row
    at::Tensor scales;     ///< float16 [slots]; of planes one after the other, [planes · slots]
    at::Tensor zeroPoints; ///< uint8 [slots], asymmetric only
    at::Tensor codebook;   ///< float16 [slots, k], ascending
};

/// How many scales (or codebooks) a matrix has.
std::int64_t slotCount(std::int64_t rows, std::int64_t columns, const Codec &codec);

/// `values` float32 [rows, columns], contiguous; `mask` bool of that shape, or undefined.
/// `codebook` float16 [slots, k], rows ascending; only for that codec. Throws Unsupported for
/// values that are not finite or need scales beyond half precision (65504).
Codes encodedValues(const at::Tensor &values, const Codec &codec, const at::Tensor &mask,
                    const at::Tensor &codebook = {});

/// Affine codes with the scales given: the nearest, values beyond the range at its ends. Masked-out
/// weights get the code of 0. Throws Unsupported for values that are not finite.
Codes encodedWithScales(const at::Tensor &values, const Codec &codec, const Scales &scales,
                        const at::Tensor &mask);

/// Two planes that are binary codes of a matrix each; arguments as above.
Codes encodedPlanes(const Planes &planes, const Codec &codec, const at::Tensor &mask);

/// Of float32 values, contiguous; 0 where there are none. Throws Unsupported where one is not
/// finite.
float largestMagnitude(const at::Tensor &values);

/// float32 [rows, columns]; masked-out weights are exactly 0.
/// Where the codec has planes: their sum.
at::Tensor decodedValues(const Codes &codes, const Codec &codec, at::IntArrayRef size,
                         const at::Tensor &mask);

} // namespace pare

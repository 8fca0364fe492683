// quantize.gptq: rounds a matrix column by column and lets the columns still to come make good what
// each rounding did to the outputs (Frantar et al. 2022).
//
//     H = Σ x xᵀ + damping · mean(diag H) · I,   H⁻¹ = UᵀU with U upper triangular
//     for each column k:   q_k = nearest(w_k),   w_m −= (w_k − q_k) · U_km/U_kk  for all m > k
//
// Masked-out weights have q = 0: their error is spread like any other. Later columns learn of a
// block of columns at once, by one product.
#pragma once

#include "core/base/progress.h"
#include "core/compression/quantize/clipping.h"
#include "core/weights/factor.h"

#include <ATen/core/Tensor.h>

namespace pare {

struct GptqOptions
{
    Codec codec;              ///< affine, any granularity
    bool actOrder = false;    ///< columns with the largest inputs first, not as they stand
    Clip clip = Clip::MinMax; ///< how scales are chosen
    double damping = 0.01;    ///< times the mean of H's diagonal, added to it
    std::int64_t block = 128; ///< columns between two updates of all later ones
};

/// Of `values` (float32 [out, in]); `secondMoment` float64 [in, in], Σ x xᵀ over tokens, of any
/// scale; `mask` bool [out, in], may be undefined. Scales of a matrix or row come from the values as
/// they are; those of a group from the updated values when its first column is reached, or, with
/// act-order, from the values as they are too, so that groups stay where the format has them.
/// Weights of inputs that were always zero become zero, as the authors have it. If H is not positive
/// definite, the damping is raised tenfold until it is.
///
/// Polls `progress` between blocks; the decomposition before them takes tenths of a second for 3072
/// inputs. Throws Cancelled; Unsupported for values or moments that are not finite and for a
/// moment of zero; InvalidSetting for a codec that is not affine. Any thread; uses LibTorch's.
Factor gptq(const at::Tensor &values, const at::Tensor &secondMoment, const GptqOptions &options,
            const at::Tensor &mask, Progress &progress);

} // namespace pare

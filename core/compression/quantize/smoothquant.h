// quantize.smoothquant: factors per input that move what is hard to round from the inputs, where a
// few channels are very large, to the weights, where there is room (Xiao et al. 2023):
//
//     s_j = max|x_j|^α / max|w_j|^(1−α),   X ← X / s,   W ← W · s
#pragma once

#include "core/weights/factor.h"

#include <ATen/core/Tensor.h>

namespace pare {

struct SmoothQuantOptions
{
    /// 8 bits per row, symmetric; whether the layer's inputs are rounded as well is its
    /// activationBits.
    Codec codec{CodecKind::Affine, 8, Granularity::Channel};
    double alpha = 0.5; ///< from 0 to 1: how much of the inputs' range moves into the weights
};

/// Of `values` (float32 [out, in]); `largestInputs` [in], max |x| of each input; `mask` bool
/// [out, in], may be undefined: masked-out weights do not count in max|w|. The factor holds the codes
/// of W · diag s, its inputScale() is 1/s. An input that was always zero, or all of whose weights
/// are, keeps s = 1. Throws Unsupported for values or inputs that are not finite; InvalidSetting for a
/// codec that is not affine. Any thread.
Factor smoothQuant(const at::Tensor &values, const at::Tensor &largestInputs,
                   const SmoothQuantOptions &options, const at::Tensor &mask = {});

} // namespace pare

// quantize.awq: weights of inputs that are large on average are multiplied by a factor before they
// are rounded, and so lose less (Lin et al. 2024).
//
//     s = m^α, m = mean |x| of each input;   s /= √(max s · min s)
//     Ŵ = nearest(W · diag s) · diag(1/s),   α of 0, 0.05, … 1 with the smallest ‖X Ŵᵀ − X Wᵀ‖
//
// The paper measures that error on samples; here it comes from the second moment, for all tokens at
// once and exactly. α = 0 is plain rounding.
#pragma once

#include "core/base/progress.h"
#include "core/compression/quantize/clipping.h"
#include "core/weights/factor.h"

#include <ATen/core/Tensor.h>

namespace pare {

struct AwqOptions
{
    Codec codec;              ///< affine, any granularity
    Clip clip = Clip::MinMax; ///< tried once α is found, and kept in the rows it makes better
};

struct AwqResult
{
    Factor factor;    ///< codes of W · diag s; its inputScale() is 1/s, always there
    double alpha = 0; ///< that was chosen
};

/// Of `values` (float32 [out, in]); `meanMagnitudes` [in], mean |x| of each input; `secondMoment`
/// float64 [in, in], Σ x xᵀ of any scale; `mask` bool [out, in], may be undefined. Inputs whose mean
/// is zero keep s = 1 and do not count in its normalisation. The output error is never above that of
/// plain rounding. Polls `progress` between trials. Throws Cancelled; Unsupported for values or
/// statistics that are not finite; InvalidSetting for a codec that is not affine. Any thread; uses
/// LibTorch's.
AwqResult awq(const at::Tensor &values, const at::Tensor &meanMagnitudes,
              const at::Tensor &secondMoment, const AwqOptions &options, const at::Tensor &mask,
              Progress &progress);

} // namespace pare

// quantize.llm-int8: the few inputs that are very large meet their weights in half precision, all
// others in 8 bits (Dettmers et al. 2022).
#pragma once

#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>

namespace pare {

struct OutlierOptions
{
    double threshold = 6; ///< an input that reaches this magnitude is an outlier
    /// Of the other columns: 8 bits per row.
    Codec codec{CodecKind::Affine, 8, Granularity::Channel};
};

/// int32, ascending: the inputs whose largest magnitude (`largestInputs`, max |x|, [in]) is not below
/// `threshold`.
at::Tensor outlierIndices(const at::Tensor &largestInputs, double threshold);

/// `values` (float32 [out, in]) as two kinds of columns: those of outlierIndices() float16, the
/// others with options.codec. A plain Factor where there are none or no others. `mask` bool
/// [out, in], may be undefined. Throws Unsupported for values the codecs cannot hold. Any thread.
Weight outlierColumns(const at::Tensor &values, const at::Tensor &largestInputs,
                      const OutlierOptions &options, const at::Tensor &mask = {});

} // namespace pare

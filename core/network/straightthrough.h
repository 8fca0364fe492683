// What a codec makes of weights while they are trained: functions of autograd whose values are those
// that will be stored, bit for bit, and whose gradients pass the rounding as if it were not there
// (Bengio et al. 2013). Any thread.
#pragma once

#include "core/weights/scales.h"

#include <ATen/core/Tensor.h>

namespace pare {

/// The grid that affine codes of one matrix stand on.
struct AffineSlots
{
    Codec codec;
    Scales scales;
    at::Tensor mask; ///< bool [out, in]; undefined: none
};

/// Scales multiplied by exp(logScales), float32 [slots], in half precision.
Scales learnedScales(const Scales &start, const at::Tensor &logScales);

/// What Factor::encodedWithScales() decodes to with learnedScales(). Gradients: of `latent` [out, in] where its value is
/// inside the range and kept; of `logScales` [slots], by which the scales were multiplied as
/// exp(logScales), as Esser et al. 2020 (LSQ, 1902.08153) derive it, divided by the square root of
/// the slot's weights times its largest code.
at::Tensor affineThrough(const at::Tensor &latent, const at::Tensor &logScales,
                         const AffineSlots &slots);

/// `stored`, with the gradient going to `latent` of the same shape, where `mask` (bool, may be
/// undefined) keeps it.
at::Tensor straightThrough(const at::Tensor &latent, const at::Tensor &stored,
                           const at::Tensor &mask);

/// What the codes (uint8 [out, in]) stand for in `codebook` (float32 [slots, k], rounded to half
/// precision); 0 where `mask` keeps none. The gradient of a value is the sum over its weights (Han
/// et al. 2016, 1510.00149).
at::Tensor codebookThrough(const at::Tensor &codebook, const at::Tensor &codes, const Codec &codec,
                           const at::Tensor &mask);

/// latent · mask (float32 of that shape, 0 or 1). The gradient of `scores` is that of the product
/// times the weight (Sanh et al. 2020, 2005.07683), so that a masked weight can come back.
at::Tensor maskedByScores(const at::Tensor &latent, const at::Tensor &scores,
                          const at::Tensor &mask);

/// x [tokens, in] rounded to 8 bits, symmetric, one scale a token, as int8 kernels do.
at::Tensor activationsThrough(const at::Tensor &x);

} // namespace pare

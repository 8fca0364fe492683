#include "core/compression/quantize/smoothquant.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/compression/quantize/inputscale.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/amax.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/where.h>
#include <cassert>

namespace pare {

Factor smoothQuant(const at::Tensor &values, const at::Tensor &largestInputs,
                   const SmoothQuantOptions &options, const at::Tensor &mask)
{
    assert(values.dim() == 2 && values.scalar_type() == at::kFloat &&
           largestInputs.numel() == values.size(1) && options.alpha >= 0 && options.alpha <= 1);
    if (options.codec.kind != CodecKind::Affine)
        throw Error(ErrorKind::InvalidSetting, messages::codecNotAffine, describe(options.codec));
    return translatingTorchErrors([&] {
        const at::Tensor inputs = largestInputs.to(at::kDouble).flatten();
        if (!at::isfinite(inputs).all().item<bool>())
            throw Error(ErrorKind::Unsupported, messages::momentNotFinite);
        const at::Tensor kept = mask.defined() ? values.masked_fill(mask.logical_not(), 0) : values;
        const at::Tensor weights = at::amax(kept.abs(), {0}).to(at::kDouble);
        const at::Tensor factors = inputs.pow(options.alpha).div(weights.pow(1 - options.alpha));
        const at::Tensor usable = inputs.gt(0).logical_and(weights.gt(0));
        const at::Tensor inputScale =
            inputScaleFor(at::where(usable, factors, at::ones_like(factors)));
        return Factor::encoded(dividedByScale(values, inputScale), options.codec, mask)
            .withInputScale(inputScale);
    });
}

} // namespace pare

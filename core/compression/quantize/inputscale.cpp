#include "core/compression/quantize/inputscale.h"

#include <ATen/ops/clamp.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/where.h>
#include <cassert>

namespace pare {

at::Tensor inputScaleFor(const at::Tensor &factors)
{
    assert(factors.scalar_type() == at::kDouble && factors.dim() == 1);
    constexpr double least = 0x1p-14;
    constexpr double most = 0x1p15;
    const at::Tensor usable = factors.gt(0).logical_and(at::isfinite(factors));
    return at::where(usable, factors.reciprocal().clamp(least, most), at::ones_like(factors))
        .to(at::kHalf);
}

at::Tensor dividedByScale(const at::Tensor &values, const at::Tensor &inputScale)
{
    return values.div(inputScale.to(at::kFloat));
}

} // namespace pare

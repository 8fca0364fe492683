#include "core/compression/prune/scores.h"

#include <cassert>

namespace pare {

at::Tensor magnitudeScores(const at::Tensor &values)
{
    return values.abs();
}

at::Tensor inputNorms(const at::Tensor &secondMoment)
{
    // A moment is positive semidefinite only up to rounding.
    return secondMoment.diagonal().clamp_min(0).sqrt();
}

at::Tensor wandaScores(const at::Tensor &values, const at::Tensor &norms)
{
    assert(norms.dim() == 1 && norms.size(0) == values.size(1));
    return values.abs().mul(norms.to(at::kFloat));
}

at::Tensor firstOrderScores(const at::Tensor &values, const at::Tensor &gradient)
{
    assert(values.sizes() == gradient.sizes());
    return values.mul(gradient.to(at::kFloat)).abs();
}

} // namespace pare

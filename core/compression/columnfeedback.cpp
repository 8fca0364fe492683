#include "core/compression/columnfeedback.h"

#include "core/base/error.h"
#include "core/compression/messages.h"

#include <ATen/ops/eye.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_cholesky_ex.h>
#include <ATen/ops/linalg_solve_triangular.h>
#include <ATen/ops/mm.h>
#include <algorithm>
#include <cassert>
#include <utility>

namespace pare {

namespace {

/// Turns an upper triangular matrix into its inverse, by halves: the products do the work.
void invertTriangular(at::Tensor upper)
{
    constexpr std::int64_t small = 256;
    const std::int64_t size = upper.size(0);
    if (size <= small) {
        upper.copy_(at::linalg_solve_triangular(upper, at::eye(size, upper.options()), true));
        return;
    }
    const std::int64_t half = size / 2;
    const at::Tensor first = upper.slice(0, 0, half).slice(1, 0, half);
    const at::Tensor second = upper.slice(0, half).slice(1, half);
    at::Tensor corner = upper.slice(0, 0, half).slice(1, half);
    invertTriangular(first);
    invertTriangular(second);
    corner.copy_(at::mm(first, at::mm(corner, second)).neg_());
}

/// The lower Cholesky factor of `matrix` with the least damping that has one.
at::Tensor choleskyFactor(at::Tensor matrix, double damping, double mean, Progress &progress)
{
    constexpr double most = 100;
    constexpr double least = 1e-6;
    double added = 0;
    for (double share = damping; share <= most; share = std::max(share, least) * 10) {
        matrix.diagonal().add_((share - added) * mean);
        added = share;
        auto [lower, info] = at::linalg_cholesky_ex(matrix, false, false);
        progress.check();
        if (info.item<int>() == 0 && at::isfinite(lower.diagonal()).all().item<bool>())
            return lower;
    }
    throw Error(ErrorKind::Unsupported, messages::momentNotFinite);
}

} // namespace

at::Tensor deadInputs(const at::Tensor &secondMoment)
{
    return secondMoment.diagonal().le(0);
}

ColumnFeedback columnFeedback(const at::Tensor &secondMoment, const at::Tensor &order,
                              double damping, Progress &progress)
{
    assert(secondMoment.scalar_type() == at::kDouble && secondMoment.dim() == 2 &&
           secondMoment.size(0) == secondMoment.size(1));
    if (!at::isfinite(secondMoment).all().item<bool>())
        throw Error(ErrorKind::Unsupported, messages::momentNotFinite);
    const double mean = secondMoment.diagonal().mean().item<double>();
    if (mean <= 0)
        throw Error(ErrorKind::Unsupported, messages::momentZero);
    const at::Tensor backwards = order.flip(0);
    at::Tensor reversed = secondMoment.index_select(0, backwards).index_select(1, backwards);
    reversed.diagonal().add_(deadInputs(secondMoment).index_select(0, backwards).to(at::kDouble),
                             mean);
    // With both axes reversed the lower Cholesky factor L becomes an upper one R: H = R Rᵀ, hence
    // H⁻¹ = UᵀU with U = R⁻¹, without the inverse of H.
    at::Tensor upper =
        choleskyFactor(std::move(reversed), damping, mean, progress).flip({0, 1}).contiguous();
    invertTriangular(upper);
    const at::Tensor diagonal = upper.diagonal().clone();
    upper.div_(diagonal.neg().unsqueeze(1));
    return {upper.to(at::kFloat), diagonal};
}

} // namespace pare

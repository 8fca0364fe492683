#include "core/compression/factorize/weightedsvd.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_cholesky_ex.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/linalg_solve_triangular.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <cassert>
#include <cmath>

namespace pare {

namespace {

/// Least weighting, as a share of the largest. Gram matrices square it.
constexpr double leastWeighting = 1e-5;

/// What is added to a moment's diagonal, as a share of its mean; enough that the directions it does
/// not show come out of the decomposition in the order of the weights they hold.
constexpr double leastDamping = 1e-10;

void checkWeighting(const at::Tensor &weighting)
{
    assert(weighting.scalar_type() == at::kDouble);
    if (!at::isfinite(weighting).all().item<bool>())
        throw Error(ErrorKind::Unsupported, messages::weightingNotFinite);
    if (weighting.abs().max().item<double>() <= 0)
        throw Error(ErrorKind::Unsupported, messages::weightingZero);
}

/// A diagonal against its largest value, none of it zero.
struct Diagonal
{
    Diagonal() = default;
    explicit Diagonal(const at::Tensor &weighting)
    {
        if (!weighting.defined())
            return;
        checkWeighting(weighting);
        scale = weighting.max().item<double>();
        values = weighting.div(scale).clamp_min(leastWeighting);
    }

    at::Tensor values; ///< undefined: the identity
    double scale = 1;
};

/// Lower triangular with S Sᵀ = `moment`, which is positive semidefinite only up to rounding.
at::Tensor choleskyFactor(at::Tensor moment, Progress &progress)
{
    for (double damping = leastDamping; damping < 1; damping *= 10) {
        const auto [lower, info] = at::linalg_cholesky_ex(moment, false, false);
        progress.check();
        if (info.item<int>() == 0 && at::isfinite(lower.diagonal()).all().item<bool>())
            return lower;
        moment = moment.clone();
        moment.diagonal().add_(9 * damping);
    }
    throw Error(ErrorKind::Unsupported, messages::weightingNotFinite);
}

/// S, of scale 1.
class InputWeighting
{
public:
    explicit InputWeighting(const ErrorWeighting &weighting)
        : m_columns(weighting.columns)
    {
        if (!weighting.moment.defined())
            return;
        checkWeighting(weighting.moment);
        const double mean = weighting.moment.diagonal().mean().item<double>();
        if (mean <= 0)
            throw Error(ErrorKind::Unsupported, messages::weightingZero);
        m_moment = weighting.moment.div(mean);
        m_moment.diagonal().add_(leastDamping);
        m_scale = std::sqrt(mean);
    }

    double scale() const { return m_moment.defined() ? m_scale : m_columns.scale; }

    /// Y S Sᵀ Yᵀ.
    at::Tensor gram(const at::Tensor &matrix) const
    {
        if (m_moment.defined())
            return at::mm(at::mm(matrix, m_moment), matrix.t());
        const at::Tensor weighted =
            m_columns.values.defined() ? matrix.mul(m_columns.values) : matrix;
        return at::mm(weighted, weighted.t());
    }

    /// Before applied() and removed().
    void decompose(Progress &progress)
    {
        if (m_moment.defined())
            m_factor = choleskyFactor(m_moment, progress);
    }
    /// X S
    at::Tensor applied(const at::Tensor &matrix) const
    {
        if (m_factor.defined())
            return at::mm(matrix, m_factor);
        return m_columns.values.defined() ? matrix.mul(m_columns.values) : matrix;
    }
    /// X S⁻¹
    at::Tensor removed(const at::Tensor &matrix) const
    {
        if (m_factor.defined())
            return at::linalg_solve_triangular(m_factor, matrix, false, false);
        return m_columns.values.defined() ? matrix.div(m_columns.values) : matrix;
    }

private:
    Diagonal m_columns;
    at::Tensor m_moment;
    at::Tensor m_factor;
    double m_scale = 1;
};

struct Eigen
{
    at::Tensor roots;   ///< √ of the eigenvalues, descending
    at::Tensor vectors; ///< as columns
};

Eigen eigenOf(const at::Tensor &gram, Progress &progress)
{
    progress.check();
    const auto [values, vectors] = at::linalg_eigh(gram, "L"); // ascending
    progress.check();
    return {values.flip(0).clamp_min(0).sqrt(), vectors.flip(1).contiguous()};
}

/// The columns of `left` and the rows of `right` made equally long, in pairs.
LowRank balanced(const at::Tensor &left, const at::Tensor &right)
{
    const at::Tensor ratio = right.square().sum(1).div(left.square().sum(0)).sqrt().sqrt();
    // A pair one of which is zero contributes nothing.
    const at::Tensor scale =
        at::where(at::isfinite(ratio).logical_and(ratio.gt(0)), ratio, at::zeros_like(ratio));
    const at::Tensor inverse = at::where(scale.gt(0), scale.reciprocal(), scale);
    return {left.mul(scale).to(at::kFloat).contiguous(),
            right.mul(inverse.unsqueeze(1)).to(at::kFloat).contiguous()};
}

WeightedDecomposition fromLeft(const at::Tensor &matrix, const at::Tensor &rows,
                               const InputWeighting &inputs, Progress &progress)
{
    const at::Tensor weighted = rows.defined() ? matrix.mul(rows.unsqueeze(1)) : matrix;
    const Eigen eigen = eigenOf(inputs.gram(weighted), progress);
    const at::Tensor left = rows.defined() ? eigen.vectors.div(rows.unsqueeze(1)) : eigen.vectors;
    return {eigen.roots, balanced(left, at::mm(eigen.vectors.t(), weighted))};
}

WeightedDecomposition fromRight(const at::Tensor &matrix, const at::Tensor &rows,
                                InputWeighting &inputs, Progress &progress)
{
    inputs.decompose(progress);
    const at::Tensor seen = inputs.applied(matrix); // W S
    const at::Tensor weighted = rows.defined() ? seen.mul(rows.unsqueeze(1)) : seen;
    const Eigen eigen = eigenOf(at::mm(weighted.t(), weighted), progress);
    return {eigen.roots, balanced(at::mm(seen, eigen.vectors), inputs.removed(eigen.vectors.t()))};
}

} // namespace

at::Tensor fisherRows(const at::Tensor &squaredGradient)
{
    return squaredGradient.to(at::kDouble).sum(1).sqrt();
}

at::Tensor activationColumns(const at::Tensor &meanMagnitudes, double alpha)
{
    return meanMagnitudes.to(at::kDouble).pow(alpha);
}

std::int64_t WeightedDecomposition::bytes() const
{
    return static_cast<std::int64_t>(singularValues.nbytes() + factors.left.nbytes() +
                                     factors.right.nbytes());
}

LowRank WeightedDecomposition::truncated(std::int64_t rank) const
{
    assert(rank >= 1 && rank <= singularValues.numel());
    return {factors.left.slice(1, 0, rank).contiguous(),
            factors.right.slice(0, 0, rank).contiguous()};
}

WeightedDecomposition weightedDecomposition(const at::Tensor &matrix,
                                            const ErrorWeighting &weighting, Progress &progress)
{
    assert(matrix.dim() == 2 && matrix.scalar_type() == at::kFloat && matrix.numel() > 0);
    assert(!weighting.columns.defined() || !weighting.moment.defined());
    return translatingTorchErrors([&] {
        progress.check();
        const at::Tensor values = matrix.to(at::kDouble);
        const Diagonal rows(weighting.rows);
        InputWeighting inputs(weighting);
        WeightedDecomposition result = matrix.size(0) <= matrix.size(1)
                                           ? fromLeft(values, rows.values, inputs, progress)
                                           : fromRight(values, rows.values, inputs, progress);
        result.singularValues.mul_(rows.scale * inputs.scale());
        return result;
    });
}

} // namespace pare

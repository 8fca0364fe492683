#include "core/compression/factorize/svd.h"

#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cassert>

namespace pare {

namespace {

/// Below this share of the largest a singular value is float32's rounding.
constexpr double noise = 1e-7;

/// W·Wᵀ or Wᵀ·W, whichever is smaller, in float64 by blocks of the longer side.
at::Tensor gramMatrix(const at::Tensor &matrix, Progress &progress)
{
    const bool wide = matrix.size(0) <= matrix.size(1);
    const at::Tensor tall = wide ? matrix.t() : matrix; // [longer, shorter]
    const std::int64_t shorter = tall.size(1);
    const std::int64_t block =
        std::clamp<std::int64_t>(1'000'000'000 / (shorter * shorter), 64, 8192);
    at::Tensor gram = at::zeros({shorter, shorter}, at::kDouble);
    for (std::int64_t begin = 0; begin < tall.size(0); begin += block) {
        progress.check();
        const at::Tensor rows =
            tall.slice(0, begin, std::min(begin + block, tall.size(0))).to(at::kDouble);
        gram.addmm_(rows.t(), rows);
    }
    return gram;
}

} // namespace

std::int64_t Decomposition::bytes() const
{
    return static_cast<std::int64_t>(singularValues.nbytes() + basis.nbytes());
}

Decomposition decomposed(const at::Tensor &matrix, Progress &progress)
{
    assert(matrix.dim() == 2 && matrix.scalar_type() == at::kFloat && matrix.numel() > 0);
    const at::Tensor gram = gramMatrix(matrix, progress);
    progress.check();
    const auto [eigenvalues, eigenvectors] = at::linalg_eigh(gram, "L"); // ascending
    return {eigenvalues.flip(0).clamp_min(0).sqrt(),
            eigenvectors.flip(1).to(at::kFloat).contiguous()};
}

LowRank truncated(const at::Tensor &matrix, const Decomposition &decomposition, std::int64_t rank)
{
    assert(rank >= 1 && rank <= decomposition.singularValues.numel());
    const double smallest = noise * decomposition.singularValues[0].item<double>();
    const at::Tensor values = decomposition.singularValues.slice(0, 0, rank);
    const at::Tensor root = values.sqrt();
    const at::Tensor inverse =
        at::where(values.gt(smallest), root.reciprocal(), at::zeros_like(root)).to(at::kFloat);
    const at::Tensor vectors = decomposition.basis.slice(1, 0, rank);
    const at::Tensor own = vectors.mul(root.to(at::kFloat));
    if (matrix.size(0) <= matrix.size(1))
        return {own, at::matmul(vectors.t(), matrix).mul(inverse.unsqueeze(1))};
    return {at::matmul(matrix, vectors).mul(inverse), own.t().contiguous()};
}

} // namespace pare

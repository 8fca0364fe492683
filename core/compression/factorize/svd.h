// factorize.svd: W ≈ (U_r Σ_r^½)(Σ_r^½ V_rᵀ), the best product of rank r (Eckart–Young):
// ‖W − W_r‖² = Σ_{i>r} σ_i².
//
// The decomposition goes through the smaller of the two Gram matrices, summed and decomposed in
// float64: for 768 x 3072 several times faster than a direct SVD, and exact to float32 in the
// factors, because W_r is taken as a projection of W itself. Singular values below about 1e-8 of
// the largest come out as noise (the Gram matrix squares them); what belongs to them is left out.
#pragma once

#include "core/base/progress.h"

#include <ATen/core/Tensor.h>

namespace pare {

/// All singular values of a matrix and the vectors of its shorter side.
struct Decomposition
{
    at::Tensor singularValues; ///< float64 [min(out, in)], descending
    at::Tensor basis; ///< float32 [min, min], vectors as columns: left ones where out <= in, else
                      ///< right ones

    std::int64_t bytes() const;
};

/// Of a finite float32 matrix [out, in]. Polls `progress` between blocks of the Gram matrix; the
/// eigenvectors of one beyond 1,500 take more than half a second and cannot be interrupted. Throws
/// Cancelled.
Decomposition decomposed(const at::Tensor &matrix, Progress &progress);

struct LowRank
{
    at::Tensor left;  ///< float32 [out, rank]
    at::Tensor right; ///< float32 [rank, in]
};

/// The best product of `rank` (1 … min(out, in)) for the matrix that was decomposed.
LowRank truncated(const at::Tensor &matrix, const Decomposition &decomposition, std::int64_t rank);

} // namespace pare

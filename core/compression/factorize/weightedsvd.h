// The best product of rank r where not every weight counts alike: minimises ‖diag(ρ) (W − A B) S‖
// (Frobenius), where ρ weighs the rows of W and S its columns or whatever its inputs span. With
// Y = diag(ρ) W S = Q Σ Vᵀ the least error is that of Y's truncated decomposition, Σ_{i>r} σ_i².
//
//     factorize.fwsvd     ρ_i = √(Σ_j F_ij), F the Fisher information     Hsu et al. 2022 (2207.00112)
//     factorize.asvd      S = diag(mean|x_j|^α)                           Yuan et al. 2023 (2312.05821)
//     factorize.svd-llm   S Sᵀ = Σ x xᵀ: the error of the outputs         Wang et al. 2024 (2403.07378)
//
// The last one finds the same optimum as DRONE (Chen et al. 2021).
//
// Where out <= in, A = diag(ρ)⁻¹ Q_r and B = Q_rᵀ diag(ρ) W, from the eigenvectors Q of the Gram
// matrix Y Yᵀ = diag(ρ) W S Sᵀ Wᵀ diag(ρ): S is neither needed nor inverted, so that moments of fewer
// tokens than inputs do as well. Else A = W S V_r and B = V_rᵀ S⁻¹ from Yᵀ Y, with S the Cholesky
// factor. All in float64, for dividing by a weighting would raise float32's noise; a weighting of
// zero is raised to the smallest share of the largest one that float64 can still tell apart. What no
// input shows is so decided by the weights themselves, and full rank gives the matrix back.
#pragma once

#include "core/base/progress.h"
#include "core/compression/factorize/svd.h"

#include <ATen/core/Tensor.h>

namespace pare {

/// What counts in the error; undefined: all alike. At most one of `columns` and `moment`.
struct ErrorWeighting
{
    at::Tensor rows = {};    ///< ρ, float64 [out], none below zero
    at::Tensor columns = {}; ///< diagonal of S, float64 [in], none below zero
    at::Tensor moment = {};  ///< S Sᵀ, float64 [in, in], of any scale
};

/// FWSVD's ρ from the summed squares of gradients, [out, in].
at::Tensor fisherRows(const at::Tensor &squaredGradient);

/// ASVD's S from the mean magnitudes of the inputs, [in]; alpha 0 … 1.
at::Tensor activationColumns(const at::Tensor &meanMagnitudes, double alpha = 0.5);

/// The products of all ranks at once: that of rank r is made of the first r of each.
struct WeightedDecomposition
{
    at::Tensor singularValues; ///< of Y, float64 [min(out, in)], descending
    LowRank
        factors; ///< of full rank, each pair of a column and a row of the same length, as in svd.h

    std::int64_t bytes() const;
    LowRank truncated(std::int64_t rank) const;
};

/// Of a finite float32 matrix [out, in]. Polls `progress` between products; the eigenvectors of
/// min(out, in) beyond 1,500 take more than half a second and cannot be interrupted. Throws
/// Cancelled; Unsupported for weightings that are not finite or wholly zero.
WeightedDecomposition weightedDecomposition(const at::Tensor &matrix,
                                            const ErrorWeighting &weighting, Progress &progress);

} // namespace pare

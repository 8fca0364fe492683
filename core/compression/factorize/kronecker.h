// factorize.kronecker: W ≈ A ⊗ B, the nearest product in the Frobenius norm (Van Loan & Pitsianis
// 1993). With the p x q blocks of W laid out as rows, W becomes vec(A) vec(B)ᵀ: the first singular
// pair of that matrix is the answer, and the squared error is the sum of the squares of the others.
#pragma once

#include "core/base/progress.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <optional>
#include <vector>

namespace pare {

/// [p, q] of B; A is [out/p, in/q].
struct KroneckerShape
{
    std::int64_t p = 1;
    std::int64_t q = 1;

    bool operator==(const KroneckerShape &) const = default;
};

/// Weights of both factors of a matrix [out, in].
std::int64_t kroneckerWeights(const KroneckerShape &shape, std::int64_t out, std::int64_t in);

/// Those that divide a matrix [out, in] and hold fewer weights than it, by p and then q.
std::vector<KroneckerShape> kroneckerShapes(std::int64_t out, std::int64_t in);

/// The shape for a share of the weights that is to stay: the fewest weights that are not below
/// share · out · in. Of several with as many, the one whose less square factor is the most square
/// (longer over shorter side), then the smaller B, then the smaller p. Nothing where no shape holds
/// as many: two factors hold half of a matrix and 2 weights at most.
std::optional<KroneckerShape> kroneckerShapeFor(double share, std::int64_t out, std::int64_t in);

struct KroneckerFactors
{
    at::Tensor a; ///< float32 [out/p, in/q]
    at::Tensor b; ///< float32 [p, q], of the same length (Frobenius)
};

/// Of a finite float32 matrix [out, in]; p divides out, q divides in. Polls `progress` as
/// decomposed() does for min(p·q, out·in/(p·q)); throws Cancelled.
KroneckerFactors nearestKronecker(const at::Tensor &matrix, const KroneckerShape &shape,
                                  Progress &progress);

} // namespace pare

// What the tests of techniques that look at a layer's inputs have in common: inputs like a
// transformer's, and slow linear algebra in plain loops.
#pragma once

#include "core/base/progress.h"
#include "tests/core/compression/fabricated.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace pare {

using Matrix = std::vector<std::vector<double>>;

/// Correlated inputs [tokens, in]: few directions, offsets, and channels of very different size.
inline at::Tensor correlatedInputs(std::int64_t tokens, std::int64_t in, std::uint64_t seed)
{
    const std::int64_t directions = std::max<std::int64_t>(2, in / 4);
    const at::Tensor mixed = at::matmul(randomTensor({tokens, directions}, seed, 1),
                                        randomTensor({directions, in}, seed + 1, 1));
    const at::Tensor size = randomTensor({in}, seed + 2, 1).exp();
    return mixed.add(randomTensor({tokens, in}, seed + 3, 0.5)).mul(size);
}

inline at::Tensor momentOf(const at::Tensor &inputs)
{
    const at::Tensor x = inputs.to(at::kDouble);
    return at::matmul(x.t(), x);
}

inline Matrix asMatrix(const at::Tensor &tensor)
{
    Matrix matrix(tensor.size(0), std::vector<double>(tensor.size(1)));
    for (std::int64_t i = 0; i < tensor.size(0); ++i)
        for (std::int64_t j = 0; j < tensor.size(1); ++j)
            matrix[i][j] = tensor[i][j].item<double>();
    return matrix;
}

/// Gauss–Jordan with pivots.
inline Matrix inverseOf(Matrix a)
{
    const std::size_t n = a.size();
    Matrix inverse(n, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i)
        inverse[i][i] = 1;
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k; i < n; ++i)
            if (std::abs(a[i][k]) > std::abs(a[pivot][k]))
                pivot = i;
        std::swap(a[k], a[pivot]);
        std::swap(inverse[k], inverse[pivot]);
        const double head = a[k][k];
        for (std::size_t j = 0; j < n; ++j) {
            a[k][j] /= head;
            inverse[k][j] /= head;
        }
        for (std::size_t i = 0; i < n; ++i) {
            const double share = a[i][k];
            if (i == k || share == 0)
                continue;
            for (std::size_t j = 0; j < n; ++j) {
                a[i][j] -= share * a[k][j];
                inverse[i][j] -= share * inverse[k][j];
            }
        }
    }
    return inverse;
}

/// ‖X Dᵀ‖², the sum over outputs and tokens, from the moment of X.
inline double outputSquares(const at::Tensor &difference, const at::Tensor &moment)
{
    const Matrix d = asMatrix(difference), m = asMatrix(moment);
    double sum = 0;
    for (const auto &row : d) {
        for (std::size_t j = 0; j < m.size(); ++j) {
            double product = 0;
            for (std::size_t k = 0; k < m.size(); ++k)
                product += m[j][k] * row[k];
            sum += row[j] * product;
        }
    }
    return sum;
}

class CountingProgress : public Progress
{
public:
    explicit CountingProgress(int allowed = 1 << 30)
        : m_allowed(allowed)
    {}
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return ++m_checks > m_allowed; }
    int checks() const { return m_checks; }

private:
    int m_allowed;
    mutable int m_checks = 0;
};

} // namespace pare

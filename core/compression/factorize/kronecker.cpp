#include "core/compression/factorize/kronecker.h"

#include "core/compression/factorize/svd.h"
#include "core/tensors/torcherrors.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <tuple>

namespace pare {

namespace {

std::vector<std::int64_t> divisors(std::int64_t number)
{
    std::vector<std::int64_t> found;
    for (std::int64_t i = 1; i <= number; ++i) {
        if (number % i == 0)
            found.push_back(i);
    }
    return found;
}

/// Longer over shorter side.
double elongation(std::int64_t rows, std::int64_t columns)
{
    return static_cast<double>(std::max(rows, columns)) /
           static_cast<double>(std::min(rows, columns));
}

} // namespace

std::int64_t kroneckerWeights(const KroneckerShape &shape, std::int64_t out, std::int64_t in)
{
    return (out / shape.p) * (in / shape.q) + shape.p * shape.q;
}

std::vector<KroneckerShape> kroneckerShapes(std::int64_t out, std::int64_t in)
{
    std::vector<KroneckerShape> shapes;
    for (const std::int64_t p : divisors(out)) {
        for (const std::int64_t q : divisors(in)) {
            if (kroneckerWeights({p, q}, out, in) < out * in)
                shapes.push_back({p, q});
        }
    }
    return shapes;
}

std::optional<KroneckerShape> kroneckerShapeFor(double share, std::int64_t out, std::int64_t in)
{
    // The margin keeps 0.29 · 100 at 29 although it is more in binary.
    const double wanted = share * static_cast<double>(out * in) * (1 - 1e-12);
    const auto key = [&](const KroneckerShape &shape) {
        return std::tuple(
            kroneckerWeights(shape, out, in),
            std::max(elongation(shape.p, shape.q), elongation(out / shape.p, in / shape.q)),
            shape.p * shape.q, shape.p);
    };
    std::optional<KroneckerShape> best;
    for (const KroneckerShape &shape : kroneckerShapes(out, in)) {
        if (static_cast<double>(kroneckerWeights(shape, out, in)) >= wanted &&
            (!best || key(shape) < key(*best)))
            best = shape;
    }
    return best;
}

KroneckerFactors nearestKronecker(const at::Tensor &matrix, const KroneckerShape &shape,
                                  Progress &progress)
{
    const std::int64_t out = matrix.size(0), in = matrix.size(1);
    assert(out % shape.p == 0 && in % shape.q == 0);
    return translatingTorchErrors([&]() -> KroneckerFactors {
        const at::Tensor blocks = matrix.reshape({out / shape.p, shape.p, in / shape.q, shape.q})
                                      .permute({0, 2, 1, 3})
                                      .reshape({-1, shape.p * shape.q})
                                      .contiguous();
        const LowRank pair = truncated(blocks, decomposed(blocks, progress), 1);
        return {pair.left.reshape({out / shape.p, in / shape.q}).contiguous(),
                pair.right.reshape({shape.p, shape.q}).contiguous()};
    });
}

} // namespace pare

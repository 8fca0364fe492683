#include "core/weights/weight.h"

#include "core/tensors/torcherrors.h"
#include "core/weights/match.h"
#include "core/weights/plannedfactor.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/kron.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/ones.h>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

namespace pare {

namespace {

using Parts = std::map<std::string, std::int64_t>;

Parts sum(Parts a, const Parts &b)
{
    for (const auto &[part, bytes] : b)
        a[part] += bytes;
    return a;
}

at::Tensor denseColumns(const Columns &columns)
{
    at::Tensor values = at::empty(shapeOf(columns), at::kFloat);
    values.index_copy_(1, columns.indices.to(at::kLong), columns.chosen.effectiveValues());
    values.index_copy_(1, otherColumns(columns), columns.rest.effectiveValues());
    return values;
}

/// (A ⊗ B) x = vec(A X Bᵀ), with X = x as [in/q, q]: the cheaper of the two orders.
std::int64_t kroneckerMultiplyAdds(const Kronecker &product)
{
    const std::int64_t m = product.a.shape()[0];
    const std::int64_t n = product.a.shape()[1];
    const std::int64_t p = product.b.shape()[0];
    const std::int64_t q = product.b.shape()[1];
    return std::min(n * q * p + m * n * p, m * n * q + m * q * p);
}

PlannedFactor asPlanned(const Factor &factor)
{
    return {factor.shape(), factor.codec(), factor.keptCount(), factor.inputScale().defined()};
}

} // namespace

at::Tensor otherColumns(const Columns &columns)
{
    return translatingTorchErrors([&] {
        at::Tensor others = at::ones({shapeOf(columns)[1]}, at::kBool);
        others.index_fill_(0, columns.indices.to(at::kLong), false);
        return others.nonzero().flatten();
    });
}

at::Tensor denseValues(const Weight &weight)
{
    assert(!std::holds_alternative<Shared>(weight));
    return translatingTorchErrors([&] {
        return match(
            weight, [](const Factor &factor) { return factor.effectiveValues(); },
            [](const Product &product) {
                return at::mm(product.left.effectiveValues(), product.right.effectiveValues());
            },
            [](const Kronecker &product) {
                return at::kron(product.a.effectiveValues(), product.b.effectiveValues());
            },
            [](const Columns &columns) { return denseColumns(columns); },
            [](const Shared &) { return at::Tensor(); });
    });
}

std::vector<std::int64_t> shapeOf(const Weight &weight)
{
    assert(!std::holds_alternative<Shared>(weight));
    using Shape = std::vector<std::int64_t>;
    return match(
        weight, [](const Factor &factor) { return factor.shape(); },
        [](const Product &product) {
            return Shape{product.left.shape()[0], product.right.shape()[1]};
        },
        [](const Kronecker &product) {
            return Shape{product.a.shape()[0] * product.b.shape()[0],
                         product.a.shape()[1] * product.b.shape()[1]};
        },
        [](const Columns &columns) {
            return Shape{columns.chosen.shape()[0],
                         columns.chosen.shape()[1] + columns.rest.shape()[1]};
        },
        [](const Shared &) { return Shape{}; });
}

Parts bytesByPart(const Weight &weight)
{
    return match(
        weight, [](const Factor &factor) { return factor.bytesByPart(); },
        [](const Product &product) {
            return sum(product.left.bytesByPart(), product.right.bytesByPart());
        },
        [](const Kronecker &product) {
            return sum(product.a.bytesByPart(), product.b.bytesByPart());
        },
        [](const Columns &columns) {
            Parts parts = sum(columns.chosen.bytesByPart(), columns.rest.bytesByPart());
            if (columns.indices.numel() > 0)
                parts["rest"] += static_cast<std::int64_t>(columns.indices.nbytes());
            return parts;
        },
        [](const Shared &) { return Parts{}; });
}

bool roundsInputs(const Weight &weight)
{
    const auto rounds = [](const Factor &factor) { return factor.codec().activationBits > 0; };
    return match(
        weight, rounds,
        [&](const Product &product) { return rounds(product.left) || rounds(product.right); },
        [&](const Kronecker &product) { return rounds(product.a) || rounds(product.b); },
        [&](const Columns &columns) { return rounds(columns.chosen) || rounds(columns.rest); },
        [](const Shared &) { return false; });
}

std::int64_t parameterCount(const Weight &weight)
{
    return match(
        weight, [](const Factor &factor) { return factor.keptCount(); },
        [](const Product &product) { return product.left.keptCount() + product.right.keptCount(); },
        [](const Kronecker &product) { return product.a.keptCount() + product.b.keptCount(); },
        [](const Columns &columns) {
            return columns.chosen.keptCount() + columns.rest.keptCount();
        },
        [](const Shared &) { return std::int64_t(0); });
}

std::int64_t multiplyAdds(const Weight &weight)
{
    assert(!std::holds_alternative<Shared>(weight));
    return match(
        weight, [](const Factor &factor) { return factor.count(); },
        [](const Product &product) { return product.left.count() + product.right.count(); },
        [](const Kronecker &product) { return kroneckerMultiplyAdds(product); },
        [](const Columns &columns) { return columns.chosen.count() + columns.rest.count(); },
        [](const Shared &) { return std::int64_t(0); });
}

std::string describe(const Weight &weight)
{
    return match(
        weight, [](const Factor &factor) { return asPlanned(factor).storage(); },
        [](const Product &product) {
            return storageOf(productForm(product.left.shape()[1]), asPlanned(product.left),
                             asPlanned(product.right));
        },
        [](const Kronecker &product) {
            return storageOf(kroneckerForm(product.a.shape(), product.b.shape()),
                             asPlanned(product.a), asPlanned(product.b));
        },
        [](const Columns &columns) {
            return storageOf(fmt::format("{} of {} columns apart", columns.chosen.shape()[1],
                                         shapeOf(columns)[1]),
                             asPlanned(columns.chosen), asPlanned(columns.rest));
        },
        [](const Shared &shared) { return "shared with " + shared.layer; });
}

double relativeError(const at::Tensor &original, const at::Tensor &approximation)
{
    assert(original.sizes() == approximation.sizes());
    const at::Tensor all = approximation.detach().to(at::kFloat).contiguous().view({-1});
    return relativeError(original, [&all](std::int64_t first, std::int64_t count) {
        return all.narrow(0, first, count);
    });
}

double
relativeError(const at::Tensor &original,
              const std::function<at::Tensor(std::int64_t first, std::int64_t count)> &stretch)
{
    return translatingTorchErrors([&] {
        const at::Tensor all = original.detach().to(at::kFloat).contiguous();
        const float *x = all.data_ptr<float>();
        // Added up by fixed stretches, so that the result does not depend on the number of threads.
        constexpr std::int64_t length = 16384;
        const std::int64_t stretches = (all.numel() + length - 1) / length;
        std::vector<double> differences(static_cast<std::size_t>(stretches));
        std::vector<double> squares(static_cast<std::size_t>(stretches));
        at::parallel_for(0, stretches, 4, [&](std::int64_t first, std::int64_t end) {
            for (std::int64_t s = first; s < end; ++s) {
                const std::int64_t begin = s * length;
                const std::int64_t count = std::min(all.numel() - begin, length);
                const at::Tensor approximation = stretch(begin, count);
                const float *y = approximation.data_ptr<float>();
                double difference = 0;
                double square = 0;
                for (std::int64_t i = 0; i < count; ++i) {
                    const double value = x[begin + i];
                    difference += (value - y[i]) * (value - y[i]);
                    square += value * value;
                }
                differences[static_cast<std::size_t>(s)] = difference;
                squares[static_cast<std::size_t>(s)] = square;
            }
        });
        const double difference = std::accumulate(differences.begin(), differences.end(), 0.0);
        const double square = std::accumulate(squares.begin(), squares.end(), 0.0);
        if (square == 0)
            return difference == 0 ? 0.0 : std::numeric_limits<double>::infinity();
        return std::sqrt(difference / square);
    });
}

} // namespace pare

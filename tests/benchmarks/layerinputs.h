// Made-up weights, and inputs of a layer like a transformer's, for the programs that print figures.
#pragma once

#include "core/base/random.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/matmul.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace pare {

inline at::Tensor normalNumbers(const std::vector<std::int64_t> &shape, std::uint64_t seed,
                                double deviation)
{
    Random random(seed);
    at::Tensor tensor = at::empty(shape, at::kFloat);
    for (std::int64_t i = 0; i < tensor.numel(); ++i) {
        const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
        tensor.data_ptr<float>()[i] = static_cast<float>(
            deviation * radius * std::cos(2 * std::numbers::pi * random.uniform()));
    }
    return tensor;
}

struct Inputs
{
    at::Tensor meanMagnitudes;
    at::Tensor largest;
    at::Tensor secondMoment;
};

/// 4,096 tokens along a tenth as many directions as there are inputs, of uneven size.
inline Inputs correlatedInputs(std::int64_t in)
{
    constexpr std::int64_t tokens = 4096;
    const at::Tensor along =
        at::matmul(normalNumbers({tokens, in / 10}, 1, 1), normalNumbers({in / 10, in}, 2, 0.1));
    const at::Tensor x =
        along.add(normalNumbers({tokens, in}, 3, 0.3)).mul(normalNumbers({in}, 4, 0.7).exp());
    const at::Tensor exact = x.to(at::kDouble);
    return {x.abs().mean(0), x.abs().amax(0), at::matmul(exact.t(), exact)};
}

} // namespace pare

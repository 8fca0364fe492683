#include "core/network/normaldraw.h"

#include "core/base/hash.h"
#include "core/base/random.h"

#include <ATen/ops/empty.h>
#include <cmath>
#include <numbers>

namespace pare {

// Box and Muller's normal numbers; the standard library's differ between libraries.
at::Tensor normalDraw(const std::vector<std::int64_t> &shape, double deviation, std::uint64_t seed,
                      const std::string &name)
{
    at::Tensor tensor = at::empty(shape, at::kFloat);
    Random random(seed, stableHash(name));
    auto *values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); i += 2) {
        const double radius = deviation * std::sqrt(-2 * std::log(1 - random.uniform()));
        const double angle = 2 * std::numbers::pi * random.uniform();
        values[i] = static_cast<float>(radius * std::cos(angle));
        if (i + 1 < tensor.numel())
            values[i + 1] = static_cast<float>(radius * std::sin(angle));
    }
    return tensor;
}

} // namespace pare

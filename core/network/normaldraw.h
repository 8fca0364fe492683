// Weights that training starts from, the same on every machine. Any thread.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <string>
#include <vector>

namespace pare {

/// float32, normally distributed around 0; the same for the same seed and name.
at::Tensor normalDraw(const std::vector<std::int64_t> &shape, double deviation, std::uint64_t seed,
                      const std::string &name);

} // namespace pare

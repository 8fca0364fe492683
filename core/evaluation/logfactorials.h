// Logarithms of factorials, for the probabilities of counts. Free functions; any thread.
#pragma once

#include <cstdint>

namespace pare {

/// Of Γ(x), x > 0.
double logGamma(double x);

/// Of the number of ways to choose k out of n, 0 ≤ k ≤ n.
double logChoose(std::int64_t n, std::int64_t k);

} // namespace pare

#include "core/evaluation/logfactorials.h"

#include <math.h>

namespace pare {

double logGamma(double x)
{
    int sign = 0; // std::lgamma writes a global
    return ::lgamma_r(x, &sign);
}

double logChoose(std::int64_t n, std::int64_t k)
{
    const auto logFactorial = [](std::int64_t m) { return logGamma(static_cast<double>(m) + 1); };
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

} // namespace pare

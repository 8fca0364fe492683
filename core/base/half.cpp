#include "core/base/half.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pare {

namespace {

constexpr std::uint16_t signBit = 0x8000;
constexpr std::uint16_t largestFinite = 0x7bff;
constexpr std::uint16_t infinity = 0x7c00;
constexpr std::uint16_t notANumber = 0x7e00;
constexpr int mantissaBits = 10;
constexpr int bias = 15;
constexpr std::uint32_t mantissaMask = (1u << mantissaBits) - 1;

} // namespace

std::uint16_t halfBits(float value)
{
    const std::uint16_t sign = std::signbit(value) ? signBit : 0;
    if (std::isnan(value))
        return sign | notANumber;
    const float magnitude = std::abs(value);
    int exponent = 0;
    std::frexp(magnitude, &exponent); // magnitude = [0.5, 1) · 2^exponent
    // The distance between neighbours there; below the smallest normal one it stays the same.
    const int unit = std::max(exponent - 1, 1 - bias) - mantissaBits;
    if (magnitude == 0)
        return sign;
    if (std::isinf(magnitude) || exponent > bias + 2)
        return sign | largestFinite;
    // An integer up to 2^11; the default rounding of nearbyint is to even.
    const auto steps = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(magnitude, -unit)));
    // The encoding grows by one from each half to the next, across exponents too.
    const std::uint32_t base = static_cast<std::uint32_t>(unit + mantissaBits + bias - 1)
                               << mantissaBits;
    const std::uint32_t bits = base + steps;
    return sign | (bits >= infinity ? largestFinite : static_cast<std::uint16_t>(bits));
}

float halfValue(std::uint16_t bits)
{
    const bool negative = (bits & signBit) != 0;
    const std::uint32_t exponent = (bits & infinity) >> mantissaBits;
    const std::uint32_t mantissa = bits & mantissaMask;
    float magnitude = 0;
    if (exponent == infinity >> mantissaBits)
        magnitude = mantissa == 0 ? std::numeric_limits<float>::infinity()
                                  : std::numeric_limits<float>::quiet_NaN();
    else if (exponent == 0)
        magnitude = std::ldexp(static_cast<float>(mantissa), 1 - bias - mantissaBits);
    else
        magnitude = std::ldexp(static_cast<float>(mantissa | (1u << mantissaBits)),
                               static_cast<int>(exponent) - bias - mantissaBits);
    return negative ? -magnitude : magnitude;
}

} // namespace pare

// Numbers as bytes of a file have them, by the book: for those who check what others wrote.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pare {

/// Little-endian.
inline std::uint64_t plainInteger(const std::byte *bytes, int count)
{
    std::uint64_t number = 0;
    for (int i = 0; i < count; ++i)
        number |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    return number;
}

inline float plainFloat(const std::byte *bytes)
{
    const auto bits = static_cast<std::uint32_t>(plainInteger(bytes, 4));
    float value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
}

/// Sign, five bits of exponent, ten of fraction.
inline float plainHalf(const std::byte *bytes)
{
    const auto bits = static_cast<int>(plainInteger(bytes, 2));
    const int exponent = bits >> 10 & 31, fraction = bits & 1023;
    const float size = exponent == 31 ? (fraction ? NAN : INFINITY)
                       : exponent == 0
                           ? std::ldexp(static_cast<float>(fraction), -24)
                           : std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
    return bits >> 15 ? -size : size;
}

/// The upper half of a float32.
inline float plainBrainFloat(const std::byte *bytes)
{
    const std::byte whole[4]{{}, {}, bytes[0], bytes[1]};
    return plainFloat(whole);
}

} // namespace pare

#include "core/base/sha256.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>

namespace pare {

namespace {

using Block = std::array<std::byte, 64>;
using State = std::array<std::uint32_t, 8>;

/// The first 32 bits behind the point of the roots of the first primes.
template <std::size_t Count>
std::array<std::uint32_t, Count> fractionsOfRoots(long double (*root)(long double))
{
    std::array<std::uint32_t, Count> fractions{};
    std::size_t found = 0;
    for (unsigned number = 2; found < Count; ++number) {
        bool isPrime = true;
        for (unsigned factor = 2; factor * factor <= number; ++factor)
            isPrime = isPrime && number % factor != 0;
        if (!isPrime)
            continue;
        const long double whole = root(static_cast<long double>(number));
        fractions[found++] =
            static_cast<std::uint32_t>((whole - std::floor(whole)) * 4294967296.0L);
    }
    return fractions;
}

void mixIn(State &state, std::span<const std::byte, 64> block)
{
    static const std::array<std::uint32_t, 64> constants = fractionsOfRoots<64>(std::cbrt);
    std::array<std::uint32_t, 64> words{};
    for (std::size_t i = 0; i < 64; ++i)
        words[i / 4] = words[i / 4] << 8 | std::to_integer<std::uint32_t>(block[i]);
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t a = words[i - 15], b = words[i - 2];
        words[i] = words[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + words[i - 7] +
                   (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t one = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                  ((e & f) ^ (~e & g)) + constants[i] + words[i];
        const std::uint32_t other =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + one;
        d = c;
        c = b;
        b = a;
        a = one + other;
    }
    const State added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] += added[i];
}

} // namespace

std::string sha256Of(std::span<const std::byte> bytes, const std::function<void()> &taken)
{
    constexpr std::size_t stretch = std::size_t(16) << 20;
    State state = fractionsOfRoots<8>(std::sqrt);
    const std::uint64_t bits = 8 * static_cast<std::uint64_t>(bytes.size());
    for (; bytes.size() >= 64; bytes = bytes.subspan(64)) {
        mixIn(state, bytes.first<64>());
        if (taken && bytes.size() % stretch < 64)
            taken();
    }
    // A bit that is set, zeros, and the length in the last eight bytes.
    std::array<std::byte, 128> end{};
    std::memcpy(end.data(), bytes.data(), bytes.size());
    end[bytes.size()] = std::byte{0x80};
    const std::size_t length = bytes.size() < 56 ? 64 : 128;
    for (std::size_t i = 0; i < 8; ++i)
        end[length - 1 - i] = static_cast<std::byte>(bits >> (8 * i));
    for (std::size_t i = 0; i < length; i += 64)
        mixIn(state, std::span<const std::byte, 64>(end.data() + i, 64));
    std::string hex;
    for (const std::uint32_t word : state)
        hex += fmt::format("{:08x}", word);
    return hex;
}

} // namespace pare

#include "core/weights/bitpacking.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace pare {

namespace {

// Eight codes of b bits fill b bytes exactly.
constexpr std::size_t codesAtOnce = 8;

} // namespace

void packBits(std::span<const std::uint8_t> codes, int bits, std::span<std::uint8_t> bytes)
{
    assert(bits >= 1 && bits <= 8);
    assert(std::int64_t(bytes.size()) == packedBytes(std::int64_t(codes.size()), bits));
    if (bits == 8) {
        std::ranges::copy(codes, bytes.begin());
        return;
    }
    const auto width = static_cast<std::size_t>(bits);
    while (!codes.empty()) {
        const std::size_t count = std::min(codesAtOnce, codes.size());
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < count; ++i)
            word |= static_cast<std::uint64_t>(codes[i]) << (i * width);
        const std::size_t length = std::min(width, bytes.size());
        std::memcpy(bytes.data(), &word, length);
        codes = codes.subspan(count);
        bytes = bytes.subspan(length);
    }
}

void unpackBits(std::span<const std::uint8_t> bytes, int bits, std::span<std::uint8_t> codes)
{
    assert(bits >= 1 && bits <= 8);
    assert(std::int64_t(bytes.size()) >= packedBytes(std::int64_t(codes.size()), bits));
    if (bits == 8) {
        std::ranges::copy(bytes.first(codes.size()), codes.begin());
        return;
    }
    const auto width = static_cast<std::size_t>(bits);
    const std::uint64_t mask = (std::uint64_t(1) << bits) - 1;
    while (!codes.empty()) {
        const std::size_t count = std::min(codesAtOnce, codes.size());
        const std::size_t length = std::min(width, bytes.size());
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), length);
        for (std::size_t i = 0; i < count; ++i)
            codes[i] = static_cast<std::uint8_t>((word >> (i * width)) & mask);
        codes = codes.subspan(count);
        bytes = bytes.subspan(length);
    }
}

} // namespace pare

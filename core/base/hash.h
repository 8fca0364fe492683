// Identity of content: XXH3, 128 bits, written as 32 hexadecimal digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace pare {

class Hasher
{
public:
    Hasher();
    ~Hasher();
    Hasher(Hasher &&) noexcept;
    Hasher &operator=(Hasher &&) noexcept;

    Hasher &add(std::span<const std::byte> bytes);
    /// Adds length and content, so that ("ab","c") differs from ("a","bc").
    Hasher &add(std::string_view text);
    Hasher &add(std::int64_t number);

    std::string hex() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

std::string hashOf(std::string_view text);

/// A 64-bit hash that stays the same on every machine and release: for splits and seeds.
std::uint64_t stableHash(std::string_view text, std::uint64_t seed = 0);

} // namespace pare

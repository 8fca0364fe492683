// Random numbers derived from (seed, stream, position): no hidden state, the same on every machine.
//
// A training that is resumed at step 4,000 asks for stream 4,000 and needs no generator's state.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace pare {

/// SplitMix64 (Steele, Lea, Flood 2014) keyed by seed and stream. Satisfies
/// UniformRandomBitGenerator, but use uniform() and below(): the standard's distributions differ
/// between libraries.
class Random
{
public:
    using result_type = std::uint64_t;

    explicit Random(std::uint64_t seed, std::uint64_t stream = 0)
        : m_state(mix(seed ^ mix(stream + 0x9e3779b97f4a7c15u)))
    {}

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return UINT64_MAX; }

    result_type operator()() { return mix(m_state += 0x9e3779b97f4a7c15u); }
    /// In [0, 1), 53 random bits.
    double uniform() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }
    /// In [0, bound), bound > 0, without modulo bias worth speaking of (bound far below 2^64).
    std::uint64_t below(std::uint64_t bound)
    {
        return static_cast<std::uint64_t>((static_cast<Wide>((*this)()) * bound) >> 64);
    }

    /// Fisher–Yates.
    template <class T>
    void shuffle(std::vector<T> &values)
    {
        for (std::size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[below(i)]);
    }

private:
    __extension__ using Wide = unsigned __int128;

    static constexpr std::uint64_t mix(std::uint64_t z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

    std::uint64_t m_state;
};

} // namespace pare

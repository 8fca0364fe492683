// Codes of a few bits, one after the other without gaps. Code i takes the bits [i·b, i·b + b) of
// the stream; bit j of the stream is bit j mod 8 of byte j / 8 (least significant first). Rows may
// straddle bytes; unused bits at the end are 0.
#pragma once

#include <cstdint>
#include <span>

namespace pare {

constexpr std::int64_t packedBytes(std::int64_t count, int bits)
{
    return (count * bits + 7) / 8;
}

/// Packs codes of 1 to 8 bits into `bytes`, which is packedBytes() long.
void packBits(std::span<const std::uint8_t> codes, int bits, std::span<std::uint8_t> bytes);

/// Reverses it; `codes` says how many there are.
void unpackBits(std::span<const std::uint8_t> bytes, int bits, std::span<std::uint8_t> codes);

/// Writes numbers of 0 to 32 bits each, one after the other.
class BitWriter
{
public:
    explicit BitWriter(std::span<std::uint8_t> bytes)
        : m_next(bytes.data())
    {}

    void put(std::uint32_t value, int bits)
    {
        m_pending |= static_cast<std::uint64_t>(value) << m_filled;
        m_filled += bits;
        for (; m_filled >= 8; m_filled -= 8) {
            *m_next++ = static_cast<std::uint8_t>(m_pending);
            m_pending >>= 8;
        }
    }
    /// Writes the last, incomplete byte.
    void finish()
    {
        if (m_filled > 0)
            *m_next = static_cast<std::uint8_t>(m_pending);
    }

private:
    std::uint8_t *m_next;
    std::uint64_t m_pending = 0;
    int m_filled = 0;
};

/// Reads what BitWriter wrote; the caller asks for no more than there is.
class BitReader
{
public:
    explicit BitReader(std::span<const std::uint8_t> bytes)
        : m_next(bytes.data())
    {}

    std::uint32_t get(int bits)
    {
        for (; m_filled < bits; m_filled += 8)
            m_pending |= static_cast<std::uint64_t>(*m_next++) << m_filled;
        const auto value = static_cast<std::uint32_t>(m_pending & ((std::uint64_t(1) << bits) - 1));
        m_pending >>= bits;
        m_filled -= bits;
        return value;
    }

private:
    const std::uint8_t *m_next;
    std::uint64_t m_pending = 0;
    int m_filled = 0;
};

} // namespace pare

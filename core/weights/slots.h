// Which scale (or codebook) belongs to which stretch of a matrix's rows; for those who choose scales
// or codes, in their .cpp files.
#pragma once

#include "core/weights/codec.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <bit>
#include <cstdint>

namespace pare {

// Eight rows of codes end at a byte, whatever their width.
inline constexpr std::int64_t rowsAtOnce = 8;

/// Which scale belongs to which stretch of a row.
struct Slots
{
    Slots(std::int64_t rows, std::int64_t columns, const Codec &codec)
        : rows(rows)
        , columns(columns)
        , width(codec.granularity == Granularity::Group
                    ? std::min(codec.group, std::max<std::int64_t>(columns, 1))
                    : std::max<std::int64_t>(columns, 1))
        , segments((columns + width - 1) / width)
        , whole(codec.granularity == Granularity::Tensor)
    {}

    std::int64_t count() const { return whole ? 1 : rows * segments; }
    std::size_t slot(std::int64_t row, std::int64_t segment) const
    {
        return whole ? 0 : static_cast<std::size_t>(row * segments + segment);
    }
    std::int64_t begin(std::int64_t segment) const { return segment * width; }
    std::int64_t end(std::int64_t segment) const
    {
        return std::min(columns, begin(segment) + width);
    }

    std::int64_t rows;
    std::int64_t columns;
    std::int64_t width;    ///< of a segment; the last may be shorter
    std::int64_t segments; ///< per row
    bool whole;            ///< one slot for everything
};

/// Calls work(firstRow, endRow) for blocks of rowsAtOnce rows (the last may be shorter), in
/// parallel.
template <class Work>
void forRowBlocks(const Slots &slots, const Work &work)
{
    constexpr std::int64_t weightsPerTask = 65536;
    const std::int64_t blocks = (slots.rows + rowsAtOnce - 1) / rowsAtOnce;
    const std::int64_t grain = std::max<std::int64_t>(
        1, weightsPerTask / std::max<std::int64_t>(1, rowsAtOnce * slots.columns));
    at::parallel_for(0, blocks, grain, [&](std::int64_t first, std::int64_t end) {
        for (std::int64_t block = first; block < end; ++block)
            work(block * rowsAtOnce, std::min(slots.rows, (block + 1) * rowsAtOnce));
    });
}

/// Without a branch, which a random mask would make slow, and without a product, which NaN would
/// survive.
inline float keptValue(float value, bool keep)
{
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) &
                                (0u - static_cast<std::uint32_t>(keep)));
}

} // namespace pare

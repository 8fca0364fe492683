// Walking a matrix stretch by stretch (what shares a scale in one row), measuring and encoding; only
// for the .cpp files of this folder.
#pragma once

#include "core/base/error.h"
#include "core/weights/bitpacking.h"
#include "core/weights/messages.h"
#include "core/weights/slots.h"

#include <ATen/core/Tensor.h>
#include <vector>

namespace pare {

/// Rows of a matrix with masked-out weights as zeros.
class MaskedRows
{
public:
    MaskedRows(const at::Tensor &values, const at::Tensor &mask, std::int64_t columns)
        : m_values(values.data_ptr<float>())
        , m_mask(mask.defined() ? mask.data_ptr<bool>() : nullptr)
        , m_columns(columns)
    {}

    const bool *maskOf(std::int64_t row) const
    {
        return m_mask ? m_mask + row * m_columns : nullptr;
    }

    /// Valid until the next call with the same `buffer`.
    const float *row(std::int64_t row, std::vector<float> &buffer) const
    {
        const float *values = m_values + row * m_columns;
        const bool *mask = maskOf(row);
        if (!mask)
            return values;
        buffer.resize(static_cast<std::size_t>(m_columns));
        for (std::int64_t i = 0; i < m_columns; ++i)
            buffer[static_cast<std::size_t>(i)] = keptValue(values[i], mask[i]);
        return buffer.data();
    }

private:
    const float *m_values;
    const bool *m_mask;
    std::int64_t m_columns;
};

/// What scales are made of. The range always holds 0, so that zeros stay exact.
struct Moments
{
    float low = 0;
    float high = 0;
    double sum = 0; ///< of |x|
    std::int64_t count = 0;

    void add(const Moments &other)
    {
        low = std::min(low, other.low);
        high = std::max(high, other.high);
        sum += other.sum;
        count += other.count;
    }
};

inline void checkFinite(const float *x, std::int64_t count)
{
    constexpr std::uint32_t exponent = 0x7f800000;
    bool finite = true;
    for (std::int64_t i = 0; i < count; ++i)
        finite &= (std::bit_cast<std::uint32_t>(x[i]) & exponent) != exponent;
    if (!finite)
        throw Error(ErrorKind::Unsupported, messages::valuesNotFinite);
}

inline Moments rangeOf(const float *x, std::int64_t count)
{
    checkFinite(x, count);
    Moments moments;
    for (std::int64_t i = 0; i < count; ++i) {
        moments.low = std::min(moments.low, x[i]);
        moments.high = std::max(moments.high, x[i]);
    }
    return moments;
}

/// measure(row, begin of the stretch, its length, mask or nullptr, slot) for every stretch, added
/// up by slot.
template <class Measure>
std::vector<Moments> momentsOf(const MaskedRows &rows, const Slots &slots, const Measure &measure)
{
    std::vector<Moments> parts(static_cast<std::size_t>(slots.rows * slots.segments));
    forRowBlocks(slots, [&](std::int64_t first, std::int64_t end) {
        std::vector<float> buffer;
        for (std::int64_t row = first; row < end; ++row) {
            const float *x = rows.row(row, buffer);
            const bool *mask = rows.maskOf(row);
            for (std::int64_t s = 0; s < slots.segments; ++s) {
                const std::int64_t begin = slots.begin(s);
                parts[static_cast<std::size_t>(row * slots.segments + s)] =
                    measure(x + begin, mask ? mask + begin : nullptr, slots.end(s) - begin,
                            slots.slot(row, s));
            }
        }
    });
    if (!slots.whole)
        return parts;
    std::vector<Moments> sum(1);
    for (const Moments &part : parts)
        sum[0].add(part);
    return sum;
}

/// at::empty(), whose header is not for headers.
at::Tensor emptyTensor(std::int64_t count, c10::ScalarType type);

template <class T>
at::Tensor tensorOf(const std::vector<T> &values)
{
    at::Tensor tensor =
        emptyTensor(static_cast<std::int64_t>(values.size()), c10::CppTypeToScalarType<T>::value);
    std::ranges::copy(values, tensor.data_ptr<T>());
    return tensor;
}

/// encode(x, length, slot, codes) for every stretch of every row, packed.
template <class Encode>
at::Tensor packedCodes(const MaskedRows &rows, const Slots &slots, int bits, const Encode &encode)
{
    at::Tensor packed = emptyTensor(packedBytes(slots.rows * slots.columns, bits), at::kByte);
    std::uint8_t *bytes = packed.data_ptr<std::uint8_t>();
    forRowBlocks(slots, [&](std::int64_t first, std::int64_t end) {
        std::vector<float> buffer;
        std::vector<std::uint8_t> codes(static_cast<std::size_t>((end - first) * slots.columns));
        for (std::int64_t row = first; row < end; ++row) {
            const float *x = rows.row(row, buffer);
            std::uint8_t *target = codes.data() + (row - first) * slots.columns;
            for (std::int64_t s = 0; s < slots.segments; ++s)
                encode(x + slots.begin(s), slots.end(s) - slots.begin(s), slots.slot(row, s),
                       target + slots.begin(s));
        }
        const std::int64_t length = packedBytes((end - first) * slots.columns, bits);
        packBits(codes, bits,
                 {bytes + first * slots.columns * bits / 8, static_cast<std::size_t>(length)});
    });
    return packed;
}

} // namespace pare

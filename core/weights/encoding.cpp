#include "core/weights/encoding.h"

#include "core/base/error.h"
#include "core/weights/bitpacking.h"
#include "core/weights/messages.h"
#include "core/weights/slots.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace pare {

namespace {

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

void checkFinite(const float *x, std::int64_t count)
{
    constexpr std::uint32_t exponent = 0x7f800000;
    bool finite = true;
    for (std::int64_t i = 0; i < count; ++i)
        finite &= (std::bit_cast<std::uint32_t>(x[i]) & exponent) != exponent;
    if (!finite)
        throw Error(ErrorKind::Unsupported, messages::valuesNotFinite);
}

Moments rangeOf(const float *x, std::int64_t count)
{
    checkFinite(x, count);
    Moments moments;
    for (std::int64_t i = 0; i < count; ++i) {
        moments.low = std::min(moments.low, x[i]);
        moments.high = std::max(moments.high, x[i]);
    }
    return moments;
}

/// Sum and number of kept |x| above `threshold` (at -1: of all).
Moments meanAbove(const float *x, const bool *mask, std::int64_t count, float threshold)
{
    Moments moments;
    for (std::int64_t i = 0; i < count; ++i) {
        const float magnitude = std::fabs(x[i]);
        const bool taken = (magnitude > threshold) & (!mask || mask[i]);
        moments.sum += static_cast<double>(keptValue(magnitude, taken));
        moments.count += taken;
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

/// Half precision; see the header for what happens to very small ones.
c10::Half roundedScale(double scale)
{
    constexpr float smallestNormal = 0x1p-14f;
    const auto single = static_cast<float>(scale);
    c10::Half half(single);
    if (std::isinf(static_cast<float>(half)))
        throw Error(ErrorKind::Unsupported, messages::valuesTooLarge, single,
                    "a scale in half precision");
    if (static_cast<float>(half) < smallestNormal && static_cast<float>(half) < single)
        ++half.x;
    return half;
}

std::vector<c10::Half> affineScales(const std::vector<Moments> &ranges, const Codec &codec)
{
    std::vector<c10::Half> scales;
    for (const Moments &range : ranges) {
        const float scale =
            codec.symmetric
                ? std::max(range.high, -range.low) / static_cast<float>((1 << (codec.bits - 1)) - 1)
                : (range.high - range.low) / static_cast<float>((1 << codec.bits) - 1);
        scales.push_back(roundedScale(scale));
    }
    return scales;
}

std::vector<std::uint8_t> zeroPointsOf(const std::vector<Moments> &ranges,
                                       const std::vector<c10::Half> &scales, int bits)
{
    const auto highest = static_cast<float>((1 << bits) - 1);
    std::vector<std::uint8_t> zeros;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto scale = static_cast<float>(scales[i]);
        const float zero = scale > 0 ? std::nearbyint(-ranges[i].low / scale) : 0.0f;
        zeros.push_back(static_cast<std::uint8_t>(std::clamp(zero, 0.0f, highest)));
    }
    return zeros;
}

std::vector<c10::Half> meanScales(const std::vector<Moments> &means)
{
    std::vector<c10::Half> scales;
    for (const Moments &mean : means)
        scales.push_back(
            roundedScale(mean.count > 0 ? mean.sum / static_cast<double>(mean.count) : 0.0));
    return scales;
}

/// `zero` is the code of 0; codes go from `lowest` to `highest`.
struct AffineRange
{
    float scale;
    float zero;
    float lowest;
    float highest;
};

void encodeAffine(const float *x, std::int64_t count, const AffineRange &range, std::uint8_t *codes)
{
    if (range.scale == 0) {
        std::fill_n(codes, count, static_cast<std::uint8_t>(range.zero));
        return;
    }
    // Adding 1.5·2^23 and taking it away rounds half to even without a call per weight.
    constexpr float roundingAid = 12582912.0f;
    const float low = range.lowest - range.zero;
    const float high = range.highest - range.zero;
    for (std::int64_t i = 0; i < count; ++i) {
        const float q = std::min(std::max(x[i] / range.scale, low), high);
        codes[i] = static_cast<std::uint8_t>(
            static_cast<int>((q + roundingAid) - roundingAid + range.zero));
    }
}

void encodeTernary(const float *x, std::int64_t count, float threshold, std::uint8_t *codes)
{
    for (std::int64_t i = 0; i < count; ++i)
        codes[i] = static_cast<std::uint8_t>(1 + (x[i] > threshold) - (x[i] < -threshold));
}

void encodeBinary(const float *x, std::int64_t count, std::uint8_t *codes)
{
    for (std::int64_t i = 0; i < count; ++i)
        codes[i] = x[i] >= 0;
}

/// `middles` stand between neighbouring values of the codebook; a power of two of them.
void encodeNearest(const float *x, std::int64_t count, std::span<const float> middles,
                   std::uint8_t *codes)
{
    for (std::int64_t i = 0; i < count; ++i) {
        std::size_t code = 0;
        for (std::size_t half = middles.size() / 2; half > 0; half /= 2)
            code += middles[code + half - 1] < x[i] ? half : 0;
        codes[i] = static_cast<std::uint8_t>(code);
    }
}

template <class T>
at::Tensor tensorOf(const std::vector<T> &values)
{
    at::Tensor tensor =
        at::empty({static_cast<std::int64_t>(values.size())}, c10::CppTypeToScalarType<T>::value);
    std::ranges::copy(values, tensor.data_ptr<T>());
    return tensor;
}

/// encode(x, length, slot, codes) for every stretch of every row, packed.
template <class Encode>
at::Tensor packedCodes(const MaskedRows &rows, const Slots &slots, int bits, const Encode &encode)
{
    at::Tensor packed = at::empty({packedBytes(slots.rows * slots.columns, bits)}, at::kByte);
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

Codes affineCodes(const MaskedRows &rows, const Slots &slots, const Codec &codec)
{
    const std::vector<Moments> ranges =
        momentsOf(rows, slots, [](const float *x, const bool *, std::int64_t count, std::size_t) {
            return rangeOf(x, count);
        });
    const std::vector<c10::Half> scales = affineScales(ranges, codec);
    std::vector<std::uint8_t> zeros;
    if (!codec.symmetric)
        zeros = zeroPointsOf(ranges, scales, codec.bits);
    const auto middle = static_cast<float>(1 << (codec.bits - 1));
    const auto highest = static_cast<float>((1 << codec.bits) - 1);
    Codes result;
    result.packed =
        packedCodes(rows, slots, codec.bits,
                    [&](const float *x, std::int64_t count, std::size_t slot, std::uint8_t *codes) {
                        const auto scale = static_cast<float>(scales[slot]);
                        const AffineRange range =
                            codec.symmetric
                                ? AffineRange{scale, middle, 1, highest}
                                : AffineRange{scale, static_cast<float>(zeros[slot]), 0, highest};
                        encodeAffine(x, count, range, codes);
                    });
    result.scales = tensorOf(scales);
    if (!codec.symmetric)
        result.zeroPoints = tensorOf(zeros);
    return result;
}

/// Ternary and binary.
Codes signCodes(const MaskedRows &rows, const Slots &slots, const Codec &codec)
{
    std::vector<Moments> means = momentsOf(
        rows, slots, [](const float *x, const bool *mask, std::int64_t count, std::size_t) {
            checkFinite(x, count);
            return meanAbove(x, mask, count, -1);
        });
    std::vector<float> thresholds;
    if (codec.kind == CodecKind::Ternary) {
        constexpr double shareOfMean = 0.7;
        for (const Moments &mean : means)
            thresholds.push_back(
                mean.count > 0
                    ? static_cast<float>(shareOfMean * mean.sum / static_cast<double>(mean.count))
                    : 0.0f);
        means =
            momentsOf(rows, slots,
                      [&](const float *x, const bool *mask, std::int64_t count, std::size_t slot) {
                          return meanAbove(x, mask, count, thresholds[slot]);
                      });
    }
    Codes result;
    result.scales = tensorOf(meanScales(means));
    result.packed =
        packedCodes(rows, slots, codeBits(codec),
                    [&](const float *x, std::int64_t count, std::size_t slot, std::uint8_t *codes) {
                        if (codec.kind == CodecKind::Ternary)
                            encodeTernary(x, count, thresholds[slot], codes);
                        else
                            encodeBinary(x, count, codes);
                    });
    return result;
}

Codes codebookCodes(const MaskedRows &rows, const Slots &slots, const Codec &codec,
                    const at::Tensor &codebook)
{
    // As many as there are codes, so that a search halves them evenly; the last ones are never
    // reached.
    const int bits = codeBits(codec);
    const std::size_t codes = std::size_t(1) << bits;
    std::vector<float> middles(static_cast<std::size_t>(slots.count()) * codes,
                               std::numeric_limits<float>::infinity());
    const c10::Half *values = codebook.data_ptr<c10::Half>();
    for (std::size_t first = 0; first < middles.size();
         first += codes, values += codec.codebookSize)
        for (std::size_t i = 0; i + 1 < static_cast<std::size_t>(codec.codebookSize); ++i)
            middles[first + i] =
                (static_cast<float>(values[i]) + static_cast<float>(values[i + 1])) / 2;
    Codes result;
    result.codebook = codebook;
    result.packed = packedCodes(
        rows, slots, bits,
        [&](const float *x, std::int64_t count, std::size_t slot, std::uint8_t *target) {
            checkFinite(x, count);
            encodeNearest(x, count, std::span(middles).subspan(slot * codes, codes), target);
        });
    return result;
}

} // namespace

float largestMagnitude(const at::Tensor &values)
{
    constexpr std::int64_t stretch = 65536;
    const float *x = values.data_ptr<float>();
    std::vector<float> parts(static_cast<std::size_t>((values.numel() + stretch - 1) / stretch));
    at::parallel_for(
        0, static_cast<std::int64_t>(parts.size()), 1, [&](std::int64_t first, std::int64_t end) {
            for (std::int64_t part = first; part < end; ++part) {
                const Moments range =
                    rangeOf(x + part * stretch, std::min(stretch, values.numel() - part * stretch));
                parts[static_cast<std::size_t>(part)] = std::max(range.high, -range.low);
            }
        });
    return parts.empty() ? 0.0f : std::ranges::max(parts);
}

Codes encodedValues(const at::Tensor &values, const Codec &codec, const at::Tensor &mask,
                    const at::Tensor &codebook)
{
    const Slots slots(values.size(0), values.size(1), codec);
    const MaskedRows rows(values, mask, slots.columns);
    switch (codec.kind) {
    case CodecKind::Affine:
        return affineCodes(rows, slots, codec);
    case CodecKind::Codebook:
        return codebookCodes(rows, slots, codec, codebook);
    default:
        return signCodes(rows, slots, codec);
    }
}

} // namespace pare

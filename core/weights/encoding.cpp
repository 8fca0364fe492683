#include "core/weights/encoding.h"

#include "core/weights/affinegrid.h"
#include "core/weights/planes.h"
#include "core/weights/scales.h"
#include "core/weights/stretches.h"

#include <ATen/Parallel.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace pare {

namespace {

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

std::vector<c10::Half> meanScales(const std::vector<Moments> &means)
{
    std::vector<c10::Half> scales;
    for (const Moments &mean : means)
        scales.push_back(
            roundedScale(mean.count > 0 ? mean.sum / static_cast<double>(mean.count) : 0.0));
    return scales;
}

void encodeAffine(const float *x, std::int64_t count, const AffineGrid &grid, std::uint8_t *codes)
{
    if (grid.scale == 0) {
        std::fill_n(codes, count, static_cast<std::uint8_t>(grid.zero));
        return;
    }
    for (std::int64_t i = 0; i < count; ++i)
        codes[i] = static_cast<std::uint8_t>(static_cast<int>(grid.steps(x[i]) + grid.zero));
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

at::Tensor unpacked(const at::Tensor &bytes, std::int64_t count)
{
    at::Tensor codes = at::empty({count}, at::kByte);
    unpackBits({bytes.data_ptr<std::uint8_t>(), static_cast<std::size_t>(bytes.numel())}, 1,
               {codes.data_ptr<std::uint8_t>(), static_cast<std::size_t>(count)});
    return codes;
}

} // namespace

at::Tensor emptyTensor(std::int64_t count, c10::ScalarType type)
{
    return at::empty({count}, type);
}

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
        return encodedWithScales(values, codec, minMaxScales(values, codec, mask), mask);
    case CodecKind::Codebook:
        return codebookCodes(rows, slots, codec, codebook);
    default:
        return codec.planes == 2 ? encodedPlanes(nearestPlanes(values, codec, mask), codec, mask)
                                 : signCodes(rows, slots, codec);
    }
}

Codes encodedPlanes(const Planes &planes, const Codec &codec, const at::Tensor &mask)
{
    const Slots slots(planes.first.size(0), planes.first.size(1), codec);
    Codec single = codec;
    single.planes = 1;
    const auto codesOf = [&](const at::Tensor &values) {
        return signCodes(MaskedRows(values, mask, slots.columns), slots, single);
    };
    const Codes first = codesOf(planes.first);
    const Codes second = codesOf(planes.second);
    const std::int64_t count = slots.rows * slots.columns;
    const at::Tensor codes =
        unpacked(first.packed, count).add(unpacked(second.packed, count), 2).contiguous();
    Codes result;
    result.scales = at::cat({first.scales, second.scales});
    result.packed = emptyTensor(packedBytes(count, codec.planes), at::kByte);
    packBits({codes.data_ptr<std::uint8_t>(), static_cast<std::size_t>(count)}, codec.planes,
             {result.packed.data_ptr<std::uint8_t>(),
              static_cast<std::size_t>(result.packed.numel())});
    return result;
}

Codes encodedWithScales(const at::Tensor &values, const Codec &codec, const Scales &scales,
                        const at::Tensor &mask)
{
    const Slots slots(values.size(0), values.size(1), codec);
    Codes result;
    result.scales = scales.scales.contiguous();
    if (!codec.symmetric)
        result.zeroPoints = scales.zeroPoints.contiguous();
    const c10::Half *scale = result.scales.data_ptr<c10::Half>();
    const std::uint8_t *zeros =
        codec.symmetric ? nullptr : result.zeroPoints.data_ptr<std::uint8_t>();
    result.packed =
        packedCodes(MaskedRows(values, mask, slots.columns), slots, codec.bits,
                    [&](const float *x, std::int64_t count, std::size_t slot, std::uint8_t *codes) {
                        checkFinite(x, count);
                        const std::uint8_t zero = zeros ? zeros[slot] : std::uint8_t(0);
                        encodeAffine(x, count, AffineGrid({scale[slot], zero}, codec), codes);
                    });
    return result;
}

} // namespace pare

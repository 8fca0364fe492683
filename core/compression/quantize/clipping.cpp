#include "core/compression/quantize/clipping.h"

#include "core/weights/affinegrid.h"
#include "core/weights/encoding.h"
#include "core/weights/slots.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

namespace pare {

namespace {

struct Range
{
    float low = 0;
    float high = 0;
};

Range rangeOf(std::span<const float> kept)
{
    Range range;
    for (const float x : kept) {
        range.low = std::min(range.low, x);
        range.high = std::max(range.high, x);
    }
    return range;
}

Range percentileRange(std::span<const float> kept, const Codec &codec)
{
    constexpr std::size_t oneIn = 1000;
    const std::size_t left = kept.size() / oneIn;
    if (left == 0)
        return rangeOf(kept);
    std::vector<float> sorted(kept.begin(), kept.end());
    const auto outermost = [&](std::size_t index) {
        std::ranges::nth_element(sorted, sorted.begin() + static_cast<std::ptrdiff_t>(index));
        return sorted[index];
    };
    if (!codec.symmetric)
        return {outermost(left), outermost(sorted.size() - 1 - left)};
    for (float &x : sorted)
        x = std::fabs(x);
    return {0, outermost(sorted.size() - 1 - left)};
}

/// Σ(x − x̂)², added up in fixed lanes, which the compiler turns into vectors, by fixed stretches,
/// so that float32 loses nothing that matters.
double squaredError(std::span<const float> kept, const AffineGrid &grid)
{
    constexpr std::size_t lanes = 8;
    constexpr std::size_t stretch = 1024;
    if (grid.scale == 0) // of a range too small for float32
        return std::numeric_limits<double>::infinity();
    double total = 0;
    for (std::size_t begin = 0; begin < kept.size(); begin += stretch) {
        const std::span<const float> part =
            kept.subspan(begin, std::min(stretch, kept.size() - begin));
        std::array<float, lanes> sums{};
        std::size_t i = 0;
        for (; i + lanes <= part.size(); i += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const float x = part[i + lane];
                const float difference = x - grid.scale * grid.steps(x);
                sums[lane] += difference * difference;
            }
        }
        for (; i < part.size(); ++i) {
            const float difference = part[i] - grid.scale * grid.steps(part[i]);
            sums[0] += difference * difference;
        }
        for (const float sum : sums)
            total += sum;
    }
    return total;
}

/// Factors 1.00 … 0.20, as the authors of GPTQ search.
constexpr int factorSteps = 81;

SlotScale shrunkScale(const Range &range, int step, const Codec &codec)
{
    const float factor = 1 - static_cast<float>(step) / 100;
    return scaleOfRange(factor * range.low, factor * range.high, codec);
}

/// Measured by fixed parts, several at once: a slot may be the whole matrix.
SlotScale bestScale(std::span<const float> kept, const Codec &codec)
{
    constexpr std::size_t partSize = 65536;
    const Range range = rangeOf(kept);
    if (range.low == range.high)
        return scaleOfRange(0, 0, codec);
    std::vector<std::array<double, factorSteps>> errors((kept.size() + partSize - 1) / partSize);
    at::parallel_for(
        0, static_cast<std::int64_t>(errors.size()), 1, [&](std::int64_t first, std::int64_t end) {
            for (auto part = static_cast<std::size_t>(first); part < static_cast<std::size_t>(end);
                 ++part) {
                const std::size_t begin = part * partSize;
                const auto own = kept.subspan(begin, std::min(partSize, kept.size() - begin));
                for (int step = 0; step < factorSteps; ++step)
                    errors[part][static_cast<std::size_t>(step)] =
                        squaredError(own, AffineGrid(shrunkScale(range, step, codec), codec));
            }
        });
    std::array<double, factorSteps> sums{};
    for (const auto &part : errors)
        for (std::size_t step = 0; step < sums.size(); ++step)
            sums[step] += part[step];
    return shrunkScale(range, static_cast<int>(std::ranges::min_element(sums) - sums.begin()),
                       codec);
}

std::vector<float> keptValues(const float *x, const bool *mask, std::int64_t count)
{
    if (!mask)
        return {x, x + count};
    std::vector<float> kept;
    for (std::int64_t i = 0; i < count; ++i)
        if (mask[i])
            kept.push_back(x[i]);
    return kept;
}

} // namespace

SlotScale clippedScale(std::span<const float> kept, const Codec &codec, Clip clip)
{
    switch (clip) {
    case Clip::Percentile: {
        const Range range = percentileRange(kept, codec);
        return scaleOfRange(range.low, range.high, codec);
    }
    case Clip::Mse:
        return bestScale(kept, codec);
    case Clip::MinMax:
        break;
    }
    const Range range = rangeOf(kept);
    return scaleOfRange(range.low, range.high, codec);
}

Scales clippedScales(const at::Tensor &values, const Codec &codec, const at::Tensor &mask,
                     Clip clip)
{
    assert(codec.kind == CodecKind::Affine);
    if (clip == Clip::MinMax)
        return minMaxScales(values, codec, mask);
    largestMagnitude(mask.defined() ? values.masked_fill(mask.logical_not(), 0) : values);
    const Slots slots(values.size(0), values.size(1), codec);
    const float *x = values.data_ptr<float>();
    const bool *keeps = mask.defined() ? mask.data_ptr<bool>() : nullptr;
    Scales result{at::empty({slots.count()}, at::kHalf),
                  codec.symmetric ? at::Tensor() : at::empty({slots.count()}, at::kByte)};
    c10::Half *scales = result.scales.data_ptr<c10::Half>();
    std::uint8_t *zeros = codec.symmetric ? nullptr : result.zeroPoints.data_ptr<std::uint8_t>();
    const auto choose = [&](std::size_t slot, std::int64_t begin, std::int64_t count) {
        const std::vector<float> kept =
            keptValues(x + begin, keeps ? keeps + begin : nullptr, count);
        const SlotScale scale = clippedScale(kept, codec, clip);
        scales[slot] = scale.scale;
        if (zeros)
            zeros[slot] = scale.zeroPoint;
    };
    if (slots.whole) {
        choose(0, 0, values.numel());
        return result;
    }
    forRowBlocks(slots, [&](std::int64_t first, std::int64_t end) {
        for (std::int64_t row = first; row < end; ++row)
            for (std::int64_t s = 0; s < slots.segments; ++s)
                choose(slots.slot(row, s), row * slots.columns + slots.begin(s),
                       slots.end(s) - slots.begin(s));
    });
    return result;
}

} // namespace pare

#include "core/weights/planes.h"

#include "core/weights/factor.h"
#include "core/weights/stretches.h"

#include <ATen/ops/zeros_like.h>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

namespace pare {

namespace {

const bool *keptOf(const at::Tensor &mask)
{
    return mask.defined() ? mask.data_ptr<bool>() : nullptr;
}

/// work(weight, slot) for every kept weight, row by row.
template <class Work>
void forEachKept(const Slots &slots, const bool *kept, const Work &work)
{
    for (std::int64_t row = 0; row < slots.rows; ++row) {
        for (std::int64_t segment = 0; segment < slots.segments; ++segment) {
            const std::size_t slot = slots.slot(row, segment);
            const std::int64_t start = row * slots.columns;
            for (std::int64_t i = start + slots.begin(segment); i < start + slots.end(segment); ++i)
                if (!kept || kept[i])
                    work(i, slot);
        }
    }
}

/// Magnitudes of one slot in two kinds.
struct Levels
{
    double highSum = 0, lowSum = 0;
    std::int64_t highs = 0, lows = 0;

    void add(double magnitude, bool isHigh)
    {
        (isHigh ? highSum : lowSum) += magnitude;
        ++(isHigh ? highs : lows);
    }
    /// Where one kind is missing, both are the other.
    double high() const
    {
        return highs > 0 ? highSum / static_cast<double>(highs) : lows > 0 ? low() : 0;
    }
    double low() const
    {
        return lows > 0 ? lowSum / static_cast<double>(lows) : highs > 0 ? high() : 0;
    }
};

std::vector<double> middlesOf(const float *x, const Slots &slots, const bool *kept)
{
    struct Range
    {
        double low = std::numeric_limits<double>::infinity();
        double high = 0;
    };
    std::vector<Range> ranges(static_cast<std::size_t>(slots.count()));
    forEachKept(slots, kept, [&](std::int64_t i, std::size_t slot) {
        checkFinite(x + i, 1);
        const double magnitude = std::fabs(x[i]);
        ranges[slot].low = std::min(ranges[slot].low, magnitude);
        ranges[slot].high = std::max(ranges[slot].high, magnitude);
    });
    std::vector<double> middles;
    for (const Range &range : ranges)
        middles.push_back((range.low + range.high) / 2);
    return middles;
}

/// What is known of the weights of one slot while they are split.
struct Split
{
    double scale = 0;        ///< of the ternary weights, as stored
    double large = 0;        ///< sum of |w| of weights that are stored
    double small = 0;        ///< of those that are zero
    double signedSmall = 0;  ///< sum of the latter
    std::int64_t larges = 0;
    std::int64_t smalls = 0;
    double lead = 0; ///< by how much the small weights of the first plane reach beyond the second's

    bool leans() const { return std::fabs(signedSmall) >= large; }
    /// So that both planes' means add up to the scale.
    double b() const
    {
        const auto all = static_cast<double>(larges + smalls);
        const auto offset = [&](double reached) {
            return (all * reached - large - small) / (2 * static_cast<double>(smalls));
        };
        // With the rounded scale means lie in the middle of what rounds to it; few small weights
        // cannot make up for the rounding.
        const double rounded = offset(scale);
        return rounded > 0 || larges == 0 ? std::max(rounded, 0.0)
                                          : offset(large / static_cast<double>(larges));
    }
    /// So that both planes' means are the same.
    double a() const { return 0.5 - (large > 0 ? lead / (2 * large) : 0); }
};

std::vector<Split> measured(const at::Tensor &latent, const Slots &slots, const Factor &ternary,
                            const std::uint8_t *codes)
{
    std::vector<Split> splits(static_cast<std::size_t>(slots.count()));
    const auto *scales = ternary.scales().scales.data_ptr<c10::Half>();
    for (std::size_t slot = 0; slot < splits.size(); ++slot)
        splits[slot].scale = static_cast<float>(scales[slot]);
    const float *w = latent.data_ptr<float>();
    forEachKept(slots, keptOf(ternary.mask()), [&](std::int64_t i, std::size_t slot) {
        Split &split = splits[slot];
        const double magnitude = std::fabs(w[i]);
        const bool zero = codes[i] == 1;
        (zero ? split.small : split.large) += magnitude;
        ++(zero ? split.smalls : split.larges);
        split.signedSmall += zero ? w[i] : 0;
    });
    return splits;
}

} // namespace

Planes nearestPlanes(const at::Tensor &values, const Codec &codec, const at::Tensor &mask)
{
    const Slots slots(values.size(0), values.size(1), codec);
    const bool *kept = keptOf(mask);
    const float *x = values.data_ptr<float>();
    std::vector<double> borders = middlesOf(x, slots, kept);
    std::vector<Levels> levels;
    constexpr int rounds = 8;
    for (int round = 0; round < rounds; ++round) {
        levels.assign(borders.size(), {});
        forEachKept(slots, kept, [&](std::int64_t i, std::size_t slot) {
            const double magnitude = std::fabs(x[i]);
            levels[slot].add(magnitude, magnitude > borders[slot]);
        });
        for (std::size_t slot = 0; slot < borders.size(); ++slot)
            borders[slot] = (levels[slot].high() + levels[slot].low()) / 2;
    }
    Planes planes{at::zeros_like(values), at::zeros_like(values)};
    auto *first = planes.first.data_ptr<float>();
    auto *second = planes.second.data_ptr<float>();
    forEachKept(slots, kept, [&](std::int64_t i, std::size_t slot) {
        const double high = levels[slot].high(), low = levels[slot].low();
        const bool isHigh = std::fabs(x[i]) > borders[slot];
        const double sign = x[i] < 0 ? -1 : 1;
        first[i] = static_cast<float>(sign * (high + low) / 2);
        second[i] = static_cast<float>((isHigh ? sign : -sign) * (high - low) / 2);
    });
    return planes;
}

Planes splitTernary(const at::Tensor &latent, const Factor &ternary)
{
    assert(ternary.codec().kind == CodecKind::Ternary && latent.sizes() == ternary.shape());
    const Slots slots(latent.size(0), latent.size(1), ternary.codec());
    const bool *kept = keptOf(ternary.mask());
    const at::Tensor codes = ternary.codes();
    const auto *code = codes.data_ptr<std::uint8_t>();
    std::vector<Split> splits = measured(latent, slots, ternary, code);
    // What no mask keeps is nowhere stored, and halved.
    Planes planes{latent.mul(0.5), latent.mul(0.5)};
    const float *w = latent.data_ptr<float>();
    auto *first = planes.first.data_ptr<float>();
    auto *second = planes.second.data_ptr<float>();
    forEachKept(slots, kept, [&](std::int64_t i, std::size_t slot) {
        Split &split = splits[slot];
        if (code[i] != 1)
            return;
        const bool toSecond = split.leans() && split.lead * w[i] > 0;
        float *up = toSecond ? second : first;
        float *down = toSecond ? first : second;
        const double b = split.b();
        up[i] = static_cast<float>(w[i] < 0 ? b : b + w[i]);
        down[i] = static_cast<float>(w[i] < 0 ? w[i] - b : -b);
        split.lead += toSecond ? -w[i] : w[i];
    });
    forEachKept(slots, kept, [&](std::int64_t i, std::size_t slot) {
        if (code[i] == 1)
            return;
        first[i] = static_cast<float>(splits[slot].a() * w[i]);
        second[i] = w[i] - first[i];
    });
    return planes;
}

} // namespace pare

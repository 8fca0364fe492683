#include "app/document/codecvalues.h"

#include "core/weights/affinegrid.h"

#include <ATen/core/Tensor.h>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace pare {

namespace {

std::vector<float> floats(const at::Tensor &tensor)
{
    const at::Tensor values = tensor.to(at::kFloat).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

/// The number of the slot whose reach is the median of all.
std::size_t medianSlot(const std::vector<float> &reaches)
{
    std::vector<std::size_t> order(reaches.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
    std::ranges::nth_element(order, middle, {}, [&](std::size_t slot) { return reaches[slot]; });
    return *middle;
}

std::vector<double> codebookValues(const at::Tensor &codebooks)
{
    const at::Tensor furthest = codebooks.to(at::kFloat).abs().amax(1);
    const auto slot = static_cast<std::int64_t>(medianSlot(floats(furthest)));
    const std::vector<float> values = floats(codebooks[slot]);
    return {values.begin(), values.end()};
}

std::vector<double> affineValues(const Scales &scales, const Codec &codec, std::size_t slot)
{
    SlotScale chosen;
    const auto number = static_cast<std::int64_t>(slot);
    chosen.scale = scales.scales[number].item<c10::Half>();
    if (scales.zeroPoints.defined())
        chosen.zeroPoint = scales.zeroPoints[number].item<std::uint8_t>();
    const AffineGrid grid(chosen, codec);
    std::vector<double> values;
    for (float steps = grid.low; steps <= grid.high; ++steps)
        values.push_back(static_cast<double>(grid.scale) * steps);
    return values;
}

/// ±a, or ±a ± b of two planes, whose scales follow those of the first.
std::vector<double> signValues(const std::vector<float> &scales, std::size_t slot, int planes)
{
    const double first = scales[slot];
    if (planes == 1)
        return {-first, first};
    const double second = scales[scales.size() / 2 + slot];
    std::vector<double> values{-first - second, -first + second, first - second, first + second};
    std::ranges::sort(values);
    return values;
}

std::vector<double> valuesOf(const Factor &factor)
{
    const Codec &codec = factor.codec();
    if (codec.kind == CodecKind::Codebook)
        return codebookValues(factor.codebook());
    const std::vector<float> scales = floats(factor.scales().scales);
    const auto slots = static_cast<std::ptrdiff_t>(scales.size()) / std::max(1, codec.planes);
    const std::size_t slot = medianSlot({scales.begin(), scales.begin() + slots});
    if (codec.kind == CodecKind::Affine)
        return affineValues(factor.scales(), codec, slot);
    if (codec.kind == CodecKind::Ternary)
        return {-static_cast<double>(scales[slot]), 0, static_cast<double>(scales[slot])};
    return signValues(scales, slot, codec.planes);
}

std::int64_t slotsOf(const Factor &factor)
{
    if (factor.codec().kind == CodecKind::Codebook)
        return factor.codebook().size(0);
    return factor.scales().scales.numel() / std::max(1, factor.codec().planes);
}

} // namespace

std::optional<CodecValues> codecValues(const Weight &weight)
{
    const Factor *factor = std::get_if<Factor>(&weight);
    if (!factor || factor->codec().isDense() || factor->inputScale().defined() ||
        slotsOf(*factor) == 0)
        return std::nullopt;
    const Codec &codec = factor->codec();
    CodecValues result;
    result.slot = codec.granularity == Granularity::Tensor    ? CodecValues::Slot::Matrix
                  : codec.granularity == Granularity::Channel ? CodecValues::Slot::Row
                                                              : CodecValues::Slot::Group;
    result.group = codec.group;
    result.sets = slotsOf(*factor);
    result.values = valuesOf(*factor);
    return result;
}

} // namespace pare

#include "core/weights/scales.h"

#include "core/tensors/safetensorsheader.h"
#include "core/weights/stretches.h"

#include <ATen/ops/isfinite.h>
#include <cassert>
#include <cmath>

namespace pare {

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

SlotScale scaleOfRange(float low, float high, const Codec &codec)
{
    low = std::min(low, 0.0f);
    high = std::max(high, 0.0f);
    if (codec.symmetric)
        return {
            roundedScale(std::max(high, -low) / static_cast<float>((1 << (codec.bits - 1)) - 1)),
            0};
    const auto highest = static_cast<float>((1 << codec.bits) - 1);
    const c10::Half half = roundedScale((high - low) / highest);
    const auto scale = static_cast<float>(half);
    const float zero = scale > 0 ? std::nearbyint(-low / scale) : 0.0f;
    return {half, static_cast<std::uint8_t>(std::clamp(zero, 0.0f, highest))};
}

Scales minMaxScales(const at::Tensor &values, const Codec &codec, const at::Tensor &mask)
{
    assert(codec.kind == CodecKind::Affine);
    const Slots slots(values.size(0), values.size(1), codec);
    const MaskedRows rows(values, mask, slots.columns);
    const std::vector<Moments> ranges =
        momentsOf(rows, slots, [](const float *x, const bool *, std::int64_t count, std::size_t) {
            return rangeOf(x, count);
        });
    std::vector<c10::Half> scales;
    std::vector<std::uint8_t> zeros;
    for (const Moments &range : ranges) {
        const SlotScale slot = scaleOfRange(range.low, range.high, codec);
        scales.push_back(slot.scale);
        zeros.push_back(slot.zeroPoint);
    }
    return {tensorOf(scales), codec.symmetric ? at::Tensor() : tensorOf(zeros)};
}

Scales sameRange(const Scales &scales, const Codec &codec, int bits)
{
    assert(codec.kind == CodecKind::Affine);
    const auto codesOf = [&](int width) {
        return static_cast<double>(codec.symmetric ? (1 << (width - 1)) - 1 : (1 << width) - 1);
    };
    const double ratio = codesOf(bits) / codesOf(codec.bits);
    std::vector<c10::Half> steps;
    std::vector<std::uint8_t> zeros;
    for (std::int64_t slot = 0; slot < scales.scales.numel(); ++slot) {
        const auto scale = static_cast<float>(scales.scales.data_ptr<c10::Half>()[slot]);
        steps.push_back(roundedScale(scale / ratio));
        if (!codec.symmetric) {
            const double zero = ratio * scales.zeroPoints.data_ptr<std::uint8_t>()[slot];
            zeros.push_back(static_cast<std::uint8_t>(std::nearbyint(zero)));
        }
    }
    return {tensorOf(steps), codec.symmetric ? at::Tensor() : tensorOf(zeros)};
}

void checkScales(const Scales &scales, const Codec &codec, std::int64_t slots)
{
    const at::Tensor &s = scales.scales;
    if (!s.defined() || s.scalar_type() != at::kHalf || s.dim() != 1 || s.size(0) != slots ||
        !at::isfinite(s).all().item<bool>() || s.to(at::kFloat).lt(0).any().item<bool>())
        throw Error(ErrorKind::InvalidSetting, messages::scalesShape,
                    s.defined() ? shapeText(s.sizes().vec()) : "[]", slots);
    const at::Tensor &z = scales.zeroPoints;
    const int highest = (1 << codec.bits) - 1;
    if (z.defined() == codec.symmetric ||
        (z.defined() && (z.scalar_type() != at::kByte || z.dim() != 1 || z.size(0) != slots ||
                         z.gt(highest).any().item<bool>())))
        throw Error(ErrorKind::InvalidSetting, messages::zeroPointsShape,
                    z.defined() ? shapeText(z.sizes().vec()) : "[]", codec.symmetric ? 0 : slots,
                    highest);
}

} // namespace pare

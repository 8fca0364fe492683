#include "core/checkpoint/scriptfactor.h"

#include "core/base/error.h"
#include "core/weights/slots.h"

#include <ATen/ops/equal.h>
#include <ATen/ops/ne.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <c10/util/Half.h>
#include <cmath>
#include <functional>
#include <optional>
#include <set>

namespace pare {

namespace {

/// Whole numbers of steps, the fewest and the most; nothing where a value is none.
struct StepRange
{
    float low = 0;
    float high = 0;
};

using Stretch = std::vector<std::pair<const float *, std::int64_t>>; ///< what shares a scale

std::optional<StepRange> stepsOf(const Stretch &stretch, float scale)
{
    StepRange range;
    for (const auto &[values, count] : stretch) {
        for (std::int64_t i = 0; i < count; ++i) {
            const float step = std::nearbyint(values[i] / scale);
            if (scale * step != values[i])
                return std::nullopt;
            range.low = std::min(range.low, step);
            range.high = std::max(range.high, step);
        }
    }
    return range;
}

float largestOf(const Stretch &stretch)
{
    float largest = 0;
    for (const auto &[values, count] : stretch) {
        for (std::int64_t i = 0; i < count; ++i)
            largest = std::max(largest, std::abs(values[i]));
    }
    return largest;
}

/// The largest scale in half precision of which all values are multiples that the codec has codes for.
std::optional<SlotScale> scaleOf(const Stretch &stretch, const Codec &codec)
{
    const float largest = largestOf(stretch);
    const int codes = 1 << codec.bits;
    const int most = codec.symmetric ? codes / 2 : codes - 1;
    if (largest == 0)
        return SlotScale{0, 0};
    for (int count = 1; count <= most; ++count) {
        const float scale = largest / static_cast<float>(count);
        const c10::Half half(scale);
        if (static_cast<float>(half) != scale)
            continue;
        const std::optional<StepRange> range = stepsOf(stretch, scale);
        if (!range)
            continue;
        const bool fits = codec.symmetric ? range->low >= -codes / 2 && range->high <= codes / 2 - 1
                                          : range->high - range->low <= codes - 1;
        if (fits)
            return SlotScale{half, static_cast<std::uint8_t>(codec.symmetric ? 0 : -range->low)};
    }
    return std::nullopt;
}

/// Calls visit(slot, what shares it), slot after slot, until it says no.
void forSlots(const at::Tensor &values, const Codec &codec,
              const std::function<bool(std::size_t slot, const Stretch &)> &visit)
{
    const Slots slots(values.size(0), values.size(1), codec);
    const float *from = values.data_ptr<float>();
    if (slots.whole) {
        visit(0, {{from, values.numel()}});
        return;
    }
    for (std::int64_t row = 0; row < slots.rows; ++row) {
        for (std::int64_t s = 0; s < slots.segments; ++s) {
            const Stretch stretch{
                {from + row * slots.columns + slots.begin(s), slots.end(s) - slots.begin(s)}};
            if (!visit(slots.slot(row, s), stretch))
                return;
        }
    }
}

std::optional<Scales> scalesOf(const at::Tensor &values, const Codec &codec)
{
    const std::int64_t count = Slots(values.size(0), values.size(1), codec).count();
    Scales scales{at::zeros({count}, at::kHalf), {}};
    if (!codec.symmetric)
        scales.zeroPoints = at::zeros({count}, at::kByte);
    bool all = true;
    forSlots(values, codec, [&](std::size_t slot, const Stretch &stretch) {
        const std::optional<SlotScale> own = scaleOf(stretch, codec);
        if (!own)
            return all = false;
        scales.scales.data_ptr<c10::Half>()[slot] = own->scale;
        if (!codec.symmetric)
            scales.zeroPoints.data_ptr<std::uint8_t>()[slot] = own->zeroPoint;
        return true;
    });
    return all ? std::optional(scales) : std::nullopt;
}

/// [codebooks, k]: the values themselves, where there are no more than that.
std::optional<at::Tensor> codebookOf(const at::Tensor &values, const Codec &codec)
{
    const std::int64_t count = Slots(values.size(0), values.size(1), codec).count();
    at::Tensor books = at::zeros({count, codec.codebookSize}, at::kFloat);
    bool all = true;
    forSlots(values, codec, [&](std::size_t slot, const Stretch &stretch) {
        std::set<float> distinct;
        for (const auto &[from, length] : stretch) {
            for (std::int64_t i = 0; i < length; ++i) {
                distinct.insert(from[i]);
                if (distinct.size() > static_cast<std::size_t>(codec.codebookSize))
                    return all = false;
            }
        }
        float *book = books.data_ptr<float>() + slot * static_cast<std::size_t>(codec.codebookSize);
        std::fill(std::ranges::copy(distinct, book).out, book + codec.codebookSize,
                  *distinct.rbegin());
        return true;
    });
    return all ? std::optional(books) : std::nullopt;
}

std::optional<Factor> encodedAgain(const at::Tensor &values, const Codec &codec,
                                   const at::Tensor &mask)
{
    if (codec.kind == CodecKind::Affine) {
        const std::optional<Scales> scales = scalesOf(values, codec);
        return scales ? std::optional(Factor::encodedWithScales(values, codec, *scales, mask))
                      : std::nullopt;
    }
    if (codec.kind == CodecKind::Codebook) {
        const std::optional<at::Tensor> book = codebookOf(values, codec);
        return book ? std::optional(Factor::encodedWithCodebook(values, codec, *book, mask))
                    : std::nullopt;
    }
    return codec.planes == 1 ? std::optional(Factor::encoded(values, codec, mask)) : std::nullopt;
}

} // namespace

Factor scriptFactor(const at::Tensor &values, Codec codec, Zeros zeros)
{
    const bool isHalf = values.scalar_type() == at::kHalf;
    if (isHalf && codec.kind == CodecKind::Float32)
        codec.kind = CodecKind::Float16;
    const bool isAsItLies =
        codec.kind == CodecKind::Float32 || (isHalf && codec.kind == CodecKind::Float16);
    if ((isAsItLies && zeros == Zeros::Kept) || (values.dim() != 2 && !codec.isDense()))
        return Factor::dense(values);
    const at::Tensor widened = values.to(at::kFloat).contiguous();
    const at::Tensor mask = zeros == Zeros::Pruned ? widened.ne(0) : at::Tensor();
    try {
        std::optional<Factor> factor = encodedAgain(widened, codec, mask);
        if (factor && at::equal(factor->values(), widened))
            return *std::move(factor);
    } catch (const Error &) { // values that no codes of ours stand for
    }
    return Factor::dense(values);
}

} // namespace pare

#include "core/weights/bitpacking.h"
#include "core/weights/encoding.h"
#include "core/weights/slots.h"

#include <ATen/ops/empty.h>
#include <vector>

namespace pare {

namespace {

/// What the codes of one slot stand for, where there are at most 256 of them and no formula is
/// shorter.
std::vector<float> tableOf(const Codes &codes, const Codec &codec, std::size_t slot)
{
    if (codec.kind == CodecKind::Codebook) {
        const c10::Half *values = codes.codebook.data_ptr<c10::Half>() +
                                  slot * static_cast<std::size_t>(codec.codebookSize);
        return {values, values + codec.codebookSize};
    }
    const c10::Half *scales = codes.scales.data_ptr<c10::Half>();
    const auto scale = static_cast<float>(scales[slot]);
    if (codec.planes == 2) {
        const auto other =
            static_cast<float>(scales[static_cast<std::size_t>(codes.scales.numel()) / 2 + slot]);
        // Not −0 where both are zero.
        return {0 - scale - other, scale - other, other - scale, scale + other};
    }
    const float negative = scale == 0 ? 0.0f : -scale;
    return codec.kind == CodecKind::Ternary ? std::vector<float>{negative, 0.0f, scale}
                                            : std::vector<float>{negative, scale};
}

void decodeAffine(const std::uint8_t *codes, std::int64_t count, float scale, int zero, float *x)
{
    for (std::int64_t i = 0; i < count; ++i)
        x[i] = scale * static_cast<float>(static_cast<int>(codes[i]) - zero);
}

} // namespace

std::int64_t slotCount(std::int64_t rows, std::int64_t columns, const Codec &codec)
{
    return Slots(rows, columns, codec).count();
}

at::Tensor decodedValues(const Codes &codes, const Codec &codec, at::IntArrayRef size,
                         const at::Tensor &mask)
{
    const Slots slots(size[0], size[1], codec);
    const int bits = codeBits(codec);
    at::Tensor values = at::empty(size, at::kFloat);
    float *target = values.data_ptr<float>();
    const std::uint8_t *bytes = codes.packed.data_ptr<std::uint8_t>();
    const bool *keeps = mask.defined() ? mask.data_ptr<bool>() : nullptr;
    forRowBlocks(slots, [&](std::int64_t first, std::int64_t end) {
        const std::int64_t start = first * slots.columns;
        const std::int64_t count = (end - first) * slots.columns;
        std::vector<std::uint8_t> unpacked(static_cast<std::size_t>(count));
        unpackBits({bytes + start * bits / 8, static_cast<std::size_t>(packedBytes(count, bits))},
                   bits, unpacked);
        for (std::int64_t row = first; row < end; ++row) {
            for (std::int64_t s = 0; s < slots.segments; ++s) {
                const std::size_t slot = slots.slot(row, s);
                const std::int64_t begin = row * slots.columns + slots.begin(s);
                const std::int64_t length = slots.end(s) - slots.begin(s);
                const std::uint8_t *from = unpacked.data() + (begin - start);
                if (codec.kind == CodecKind::Affine) {
                    const int zero = codec.symmetric
                                         ? 1 << (bits - 1)
                                         : codes.zeroPoints.data_ptr<std::uint8_t>()[slot];
                    decodeAffine(from, length, codes.scales.data_ptr<c10::Half>()[slot], zero,
                                 target + begin);
                } else {
                    const std::vector<float> table = tableOf(codes, codec, slot);
                    for (std::int64_t i = 0; i < length; ++i)
                        target[begin + i] = table[from[i]];
                }
            }
        }
        if (keeps)
            for (std::int64_t i = start; i < start + count; ++i)
                target[i] = keptValue(target[i], keeps[i]);
    });
    return values;
}

} // namespace pare

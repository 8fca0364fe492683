#include "core/checkpoint/gguffactor.h"

#include "core/base/error.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/from_blob.h>
#include <c10/util/Half.h>
#include <cmath>
#include <cstring>
#include <optional>

namespace pare {

namespace {

/// What a quantized type counts with.
struct Steps
{
    int bits = 0;
    bool hasLeast = false;
};

Steps stepsOf(GgufType type)
{
    switch (type) {
    case GgufType::Q4_0:
        return {4, false};
    case GgufType::Q4_1:
        return {4, true};
    case GgufType::Q5_0:
        return {5, false};
    case GgufType::Q5_1:
        return {5, true};
    default:
        break;
    }
    return {8, false};
}

Codec codecOf(const Steps &steps, bool isSymmetric)
{
    Codec codec;
    codec.kind = CodecKind::Affine;
    codec.bits = steps.bits;
    codec.granularity = Granularity::Group;
    codec.group = ggufBlock;
    codec.symmetric = isSymmetric;
    return codec;
}

c10::Half halfAt(const std::byte *from)
{
    std::uint16_t bits = 0;
    std::memcpy(&bits, from, sizeof(bits));
    return c10::Half(bits, c10::Half::from_bits());
}

/// The code that stands for 0 in a block of the scale `scale`, which may be negative: codes then count
/// the other way.
int zeroPoint(const std::byte *block, const Steps &steps, float scale)
{
    const int highest = (1 << steps.bits) - 1;
    double zero = (highest + 1) / 2;
    if (steps.hasLeast)
        zero = scale != 0 ? -static_cast<double>(halfAt(block + 2)) / scale : 0;
    if (!std::isfinite(zero))
        return 0;
    const int code = static_cast<int>(std::clamp(std::round(zero), 0.0, double(highest)));
    return scale < 0 ? highest - code : code;
}

Scales scalesOf(std::span<const std::byte> bytes, GgufType type, bool isSymmetric)
{
    const Steps steps = stepsOf(type);
    const auto each = static_cast<std::size_t>(traitsOf(type).blockBytes);
    const auto blocks = static_cast<std::int64_t>(bytes.size() / each);
    Scales scales{at::empty({blocks}, at::kHalf), {}};
    if (!isSymmetric)
        scales.zeroPoints = at::empty({blocks}, at::kByte);
    for (std::int64_t i = 0; i < blocks; ++i) {
        const std::byte *block = bytes.data() + static_cast<std::size_t>(i) * each;
        const auto scale = static_cast<float>(halfAt(block));
        scales.scales.data_ptr<c10::Half>()[i] = std::abs(scale);
        if (!isSymmetric)
            scales.zeroPoints.data_ptr<std::uint8_t>()[i] =
                static_cast<std::uint8_t>(zeroPoint(block, steps, scale));
    }
    return scales;
}

/// Nothing where codes of ours stand for other values.
std::optional<Factor> sameCodes(const at::Tensor &values, std::span<const std::byte> bytes,
                                GgufType type, bool isSymmetric)
{
    try {
        Factor factor = Factor::encodedWithScales(values, codecOf(stepsOf(type), isSymmetric),
                                                  scalesOf(bytes, type, isSymmetric));
        if (at::equal(factor.values(), values))
            return factor;
    } catch (const Error &) { // scales that no codes of ours have
    }
    return std::nullopt;
}

Factor quantizedFactor(const GgufReader &reader, const GgufTensor &tensor)
{
    const at::Tensor values = reader.values(tensor);
    if (tensor.shape.size() == 2) {
        for (const bool isSymmetric : {true, false}) {
            if (auto factor = sameCodes(values, reader.bytes(tensor), tensor.type, isSymmetric))
                return *std::move(factor);
        }
    }
    at::Tensor half = values.to(at::kHalf);
    return Factor::dense(at::equal(half.to(at::kFloat), values) ? std::move(half) : values);
}

at::ScalarType scalarType(GgufType type)
{
    return type == GgufType::F16 ? at::kHalf : type == GgufType::BF16 ? at::kBFloat16 : at::kFloat;
}

} // namespace

Factor ggufFactor(const std::shared_ptr<const GgufReader> &reader, const GgufTensor &tensor)
{
    if (traitsOf(tensor.type).isQuantized())
        return quantizedFactor(*reader, tensor);
    const at::ScalarType type = scalarType(tensor.type);
    const std::byte *from = reader->bytes(tensor).data();
    if (reinterpret_cast<std::uintptr_t>(from) % at::elementSize(type) != 0) {
        at::Tensor copy = at::empty(tensor.shape, type);
        std::memcpy(copy.data_ptr(), from, copy.nbytes());
        return Factor::dense(copy);
    }
    return Factor::dense(at::from_blob(
        const_cast<std::byte *>(from), tensor.shape, [reader](void *) {}, at::TensorOptions(type)));
}

} // namespace pare

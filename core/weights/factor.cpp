#include "core/weights/factor.h"

#include "core/base/error.h"
#include "core/tensors/safetensorsheader.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/bitpacking.h"
#include "core/weights/encoding.h"
#include "core/weights/masks.h"
#include "core/weights/messages.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/sort.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <cassert>
#include <cmath>

namespace pare {

namespace {

c10::ScalarType scalarTypeOf(CodecKind kind)
{
    switch (kind) {
    case CodecKind::Float16:
        return at::kHalf;
    case CodecKind::BFloat16:
        return at::kBFloat16;
    default:
        return at::kFloat;
    }
}

bool allFinite(const at::Tensor &values)
{
    return at::isfinite(values).all().item<bool>();
}

at::Tensor roundedValues(const at::Tensor &values, CodecKind kind, const at::Tensor &mask)
{
    const at::Tensor kept =
        mask.defined() ? at::where(mask, values, at::zeros({}, at::kFloat)) : values;
    const float largest = largestMagnitude(kept);
    // Rounding keeps the order: if the largest stays finite, all do.
    if ((kind == CodecKind::Float16 && std::isinf(static_cast<float>(c10::Half(largest)))) ||
        (kind == CodecKind::BFloat16 && std::isinf(static_cast<float>(c10::BFloat16(largest)))))
        throw Error(ErrorKind::Unsupported, messages::valuesTooLarge, largest,
                    describe(Codec{kind}));
    return kept.to(scalarTypeOf(kind));
}

at::Tensor checkedCodebook(const at::Tensor &codebook, const Codec &codec, MatrixSize size)
{
    const std::int64_t slots = slotCount(size.rows, size.columns, codec);
    if (codebook.dim() != 2 || codebook.size(0) != slots || codebook.size(1) != codec.codebookSize)
        throw Error(ErrorKind::InvalidSetting, messages::codebookValues,
                    shapeText(codebook.sizes().vec()), slots, codec.codebookSize);
    // Sorted before rounding, which keeps the order and float32's sort works everywhere.
    const at::Tensor sorted =
        std::get<0>(at::sort(codebook.detach().to(at::kFloat), 1)).to(at::kHalf).contiguous();
    if (!allFinite(sorted))
        throw Error(ErrorKind::InvalidSetting, messages::codebookValues,
                    shapeText(codebook.sizes().vec()), slots, codec.codebookSize);
    return sorted;
}

} // namespace

Factor Factor::dense(at::Tensor values)
{
    return translatingTorchErrors([&] {
        Factor factor;
        factor.m_shape = values.sizes().vec();
        factor.m_codec = denseCodec(dtypeOf(values.scalar_type()));
        factor.m_codes = values.detach().contiguous().to(scalarTypeOf(factor.m_codec.kind));
        return factor;
    });
}

template <class Encode>
Factor Factor::coded(const at::Tensor &values, const Codec &codec, const at::Tensor &mask,
                     const Encode &encode)
{
    checkCodec(codec);
    assert(!mask.defined() || (mask.scalar_type() == at::kBool && mask.sizes() == values.sizes()));
    Factor factor;
    factor.m_shape = values.sizes().vec();
    factor.m_codec = codec;
    const bool plain = codec.isDense() && !mask.defined();
    if (factor.m_shape.size() != 2 && !(plain && factor.m_shape.size() == 1))
        throw Error(ErrorKind::Unsupported, messages::valuesShape, shapeText(factor.m_shape));
    if (mask.defined())
        factor.setMask(mask);
    Codes codes = encode(values.detach().to(at::kFloat).contiguous(), factor.m_mask);
    factor.m_codes = std::move(codes.packed);
    factor.m_scales = std::move(codes.scales);
    factor.m_zeroPoints = std::move(codes.zeroPoints);
    factor.m_codebook = std::move(codes.codebook);
    return factor;
}

Factor Factor::encoded(const at::Tensor &values, const Codec &codec, const at::Tensor &mask)
{
    if (codec.kind == CodecKind::Codebook)
        return encodedWithCodebook(values, codec, {}, mask);
    return translatingTorchErrors([&] {
        return coded(values, codec, mask, [&](const at::Tensor &x, const at::Tensor &kept) {
            if (codec.isDense())
                return Codes{roundedValues(x, codec.kind, kept), {}, {}, {}};
            return encodedValues(x, codec, kept);
        });
    });
}

Factor Factor::encodedWithScales(const at::Tensor &values, const Codec &codec, const Scales &scales,
                                 const at::Tensor &mask)
{
    assert(codec.kind == CodecKind::Affine);
    return translatingTorchErrors([&] {
        return coded(values, codec, mask, [&](const at::Tensor &x, const at::Tensor &kept) {
            checkScales(scales, codec, slotCount(x.size(0), x.size(1), codec));
            return pare::encodedWithScales(x, codec, scales, kept);
        });
    });
}

Factor Factor::encodedWithCodebook(const at::Tensor &values, const Codec &codec,
                                   const at::Tensor &codebook, const at::Tensor &mask)
{
    assert(codec.kind == CodecKind::Codebook);
    if (!codebook.defined())
        throw Error(ErrorKind::Unsupported, messages::codebookMissing);
    return translatingTorchErrors([&] {
        return coded(values, codec, mask, [&](const at::Tensor &x, const at::Tensor &kept) {
            const MatrixSize size{x.size(0), x.size(1)};
            return encodedValues(x, codec, kept, checkedCodebook(codebook, codec, size));
        });
    });
}

Factor Factor::encodedPlanes(const Planes &planes, const Codec &codec, const at::Tensor &mask)
{
    assert(codec.planes == 2 && planes.first.sizes() == planes.second.sizes());
    return translatingTorchErrors([&] {
        return coded(planes.first, codec, mask, [&](const at::Tensor &first, const at::Tensor &kept) {
            const at::Tensor second = planes.second.detach().to(at::kFloat).contiguous();
            return pare::encodedPlanes({first, second}, codec, kept);
        });
    });
}

void Factor::setMask(at::Tensor mask)
{
    m_kept = mask.sum().item<std::int64_t>();
    if (m_kept == count())
        return;
    m_mask = mask.contiguous();
    m_maskEncoding = smallestEncoding(matrixSize(m_shape), m_kept, m_codec);
}

Factor Factor::withInputScale(const at::Tensor &scale) const
{
    return translatingTorchErrors([&] {
        Factor factor = *this;
        factor.m_inputScale = scale.detach().to(at::kHalf).contiguous();
        if (scale.dim() != 1 || scale.size(0) != m_shape.back() || !allFinite(factor.m_inputScale))
            throw Error(ErrorKind::InvalidSetting, messages::inputScaleShape,
                        shapeText(scale.sizes().vec()), m_shape.back());
        return factor;
    });
}

at::Tensor Factor::values() const
{
    return translatingTorchErrors([this] {
        if (m_codec.isDense())
            return m_codes.to(at::kFloat);
        return decodedValues({m_codes, m_scales, m_zeroPoints, m_codebook}, m_codec, m_shape,
                             m_mask);
    });
}

Planes Factor::planes() const
{
    assert(m_codec.planes == 2);
    return translatingTorchErrors([this] {
        // Two halves of the scales, each with the other set to nothing.
        const std::int64_t slots = m_scales.numel() / 2;
        const auto only = [&](std::int64_t plane) {
            at::Tensor scales = at::zeros_like(m_scales);
            scales.narrow(0, plane * slots, slots).copy_(m_scales.narrow(0, plane * slots, slots));
            return decodedValues({m_codes, scales, {}, {}}, m_codec, m_shape, m_mask);
        };
        return Planes{only(0), only(1)};
    });
}

at::Tensor Factor::effectiveValues() const
{
    if (!m_inputScale.defined())
        return values();
    return translatingTorchErrors([this] { return values().mul(m_inputScale.to(at::kFloat)); });
}

at::Tensor Factor::codes() const
{
    assert(!m_codec.isDense());
    return translatingTorchErrors([this] {
        at::Tensor codes = at::empty(m_shape, at::kByte);
        unpackBits({m_codes.data_ptr<std::uint8_t>(), static_cast<std::size_t>(m_codes.numel())},
                   codeBits(m_codec),
                   {codes.data_ptr<std::uint8_t>(), static_cast<std::size_t>(codes.numel())});
        return codes;
    });
}

IntegerValues Factor::integerValues() const
{
    assert(m_codec.kind == CodecKind::Affine && m_codec.bits == 8 && m_codec.symmetric &&
           m_codec.granularity != Granularity::Group);
    return translatingTorchErrors([this] {
        IntegerValues values{at::empty(m_shape, at::kChar),
                             m_scales.to(at::kFloat).expand({m_shape[0]}).contiguous()};
        const auto *codes = m_codes.data_ptr<std::uint8_t>();
        const bool *keeps = m_mask.defined() ? m_mask.data_ptr<bool>() : nullptr;
        auto *target = values.codes.data_ptr<std::int8_t>();
        constexpr int zero = 128;
        constexpr std::int64_t codesPerTask = 1 << 18;
        at::parallel_for(0, count(), codesPerTask, [&](std::int64_t first, std::int64_t end) {
            for (std::int64_t i = first; i < end; ++i)
                target[i] = static_cast<std::int8_t>(!keeps || keeps[i] ? codes[i] - zero : 0);
        });
        return values;
    });
}

const at::Tensor &Factor::denseValues() const
{
    assert(m_codec.isDense());
    return m_codes;
}

std::int64_t Factor::count() const
{
    std::int64_t product = 1;
    for (const std::int64_t size : m_shape)
        product *= size;
    return product;
}

std::int64_t Factor::keptCount() const
{
    return isMasked() ? m_kept : count();
}

} // namespace pare

#include "core/weights/factorreader.h"

#include "core/base/error.h"
#include "core/tensors/safetensorsheader.h"
#include "core/tensors/scalartype.h"
#include "core/weights/bitpacking.h"
#include "core/weights/encoding.h"
#include "core/weights/json.h"
#include "core/weights/messages.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/ne.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cassert>

namespace pare {

namespace {

std::span<std::uint8_t> spanOf(const at::Tensor &bytes)
{
    return {bytes.data_ptr<std::uint8_t>(), static_cast<std::size_t>(bytes.numel())};
}

DType storedType(const Codec &codec)
{
    switch (codec.kind) {
    case CodecKind::Float32:
        return DType::Float32;
    case CodecKind::Float16:
        return DType::Float16;
    case CodecKind::BFloat16:
        return DType::BFloat16;
    default:
        return DType::UInt8;
    }
}

struct CodeRange
{
    int lowest;
    int highest;
};

CodeRange codeRange(const Codec &codec)
{
    const int highest = (1 << codeBits(codec)) - 1;
    switch (codec.kind) {
    case CodecKind::Affine:
        return {codec.symmetric ? 1 : 0, highest};
    case CodecKind::Codebook:
        return {0, codec.codebookSize - 1};
    case CodecKind::Ternary:
        return {0, 2};
    default:
        return {0, highest};
    }
}

} // namespace

FactorReader::FactorReader(const nlohmann::ordered_json &description, const std::string &prefix,
                           const std::map<std::string, StoredTensor> &tensors,
                           const std::string &origin)
    : m_description(description)
    , m_prefix(prefix)
    , m_tensors(tensors)
    , m_origin(origin)
{}

Factor FactorReader::read()
{
    m_factor.m_shape = shapeAt(m_description, "shape", m_origin);
    m_factor.m_codec = codecFromJson(objectAt(m_description, "codec", m_origin), m_origin);
    m_size = matrixSize(m_factor.m_shape);
    readMaskEncoding();
    const bool plain = m_factor.m_codec.isDense() && m_factor.m_maskEncoding == MaskEncoding::None;
    if (m_factor.m_shape.size() == 1 && !plain)
        throw Error(ErrorKind::InvalidFile, messages::packingKey, m_origin, "two sizes", "shape",
                    shapeText(m_factor.m_shape));
    readMask();
    if (!m_factor.m_codec.isDense())
        readSlots();
    readCodes();
    if (m_factor.m_maskEncoding == MaskEncoding::Dense)
        checkDenseMask();
    if (m_description.contains("inputScale") && boolAt(m_description, "inputScale", m_origin)) {
        m_factor.m_inputScale = tensor(m_prefix + ".inputScale", DType::Float16, {m_size.columns});
        if (!at::isfinite(m_factor.m_inputScale).all().item<bool>())
            throw Error(ErrorKind::InvalidFile, messages::packingNotFinite, m_origin,
                        m_prefix + ".inputScale");
    }
    return std::move(m_factor);
}

const at::Tensor &FactorReader::tensor(const std::string &name, DType dtype,
                                       const std::vector<std::int64_t> &shape) const
{
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end())
        throw Error(ErrorKind::InvalidFile, messages::packingTensorMissing, m_origin, name);
    const StoredTensor &stored = found->second;
    if (stored.dtype != dtype || stored.shape != shape)
        throw Error(ErrorKind::InvalidFile, messages::packingTensor, m_origin, name, nameOf(dtype),
                    shapeText(shape), nameOf(stored.dtype), shapeText(stored.shape));
    assert(stored.data.is_contiguous() && stored.data.sizes() == at::IntArrayRef(shape));
    return stored.data;
}

void FactorReader::readMaskEncoding()
{
    if (!m_description.contains("mask"))
        return;
    const std::string name = textAt(m_description, "mask", m_origin);
    if (name == "dense")
        m_factor.m_maskEncoding = MaskEncoding::Dense;
    else if (name == "bitmap")
        m_factor.m_maskEncoding = MaskEncoding::Bitmap;
    else if (name == "indices")
        m_factor.m_maskEncoding = MaskEncoding::Indices;
    else
        throw Error(ErrorKind::InvalidFile, messages::packingKey, m_origin,
                    "dense, bitmap or indices", "mask", name);
}

void FactorReader::readMask()
{
    m_kept = m_size.count();
    if (m_factor.m_maskEncoding == MaskEncoding::Bitmap) {
        const std::string name = m_prefix + ".mask";
        const at::Tensor &bitmap = tensor(name, DType::UInt8, {packedBytes(m_size.count(), 1)});
        m_factor.m_mask = maskFromBitmap(bitmap, m_size, name, m_origin);
        m_kept = m_factor.m_mask.sum().item<std::int64_t>();
    }
    if (m_factor.m_maskEncoding == MaskEncoding::Indices) {
        const std::string name = m_prefix + ".counts";
        const at::Tensor &counts = tensor(name, DType::UInt8, {countsBytes(m_size)});
        m_kept = keptOf(counts, m_size, name, m_origin);
        const at::Tensor &columns =
            tensor(m_prefix + ".columns", DType::UInt8, {columnsBytes(m_size, m_kept)});
        // A row of zeros takes a few bytes however long it is: the one place where little text
        // unfolds to much.
        constexpr std::int64_t always = 1 << 24;
        constexpr std::int64_t perByte = 4096;
        const std::int64_t bytes = counts.numel() + columns.numel();
        if (m_size.count() > always + perByte * bytes)
            throw Error(ErrorKind::InvalidFile, messages::packingTooSparse, m_origin,
                        m_size.count(), bytes);
        m_factor.m_mask = maskFromIndices(counts, columns, m_size, m_prefix, m_origin);
    }
    m_factor.m_kept = m_kept;
}

void FactorReader::readSlots()
{
    const Codec &codec = m_factor.m_codec;
    const std::int64_t slots = slotCount(m_size.rows, m_size.columns, codec);
    if (codec.kind == CodecKind::Codebook) {
        m_factor.m_codebook =
            tensor(m_prefix + ".codebook", DType::Float16, {slots, codec.codebookSize});
        if (!at::isfinite(m_factor.m_codebook).all().item<bool>())
            throw Error(ErrorKind::InvalidFile, messages::packingNotFinite, m_origin,
                        m_prefix + ".codebook");
        return;
    }
    m_factor.m_scales = tensor(m_prefix + ".scales", DType::Float16, {slots * codec.planes});
    const auto *scales = m_factor.m_scales.data_ptr<c10::Half>();
    constexpr std::uint16_t infinity =
        0x7c00; // everything above is infinite, not a number, or negative
    if (!std::all_of(scales, scales + m_factor.m_scales.numel(), [](c10::Half scale) { return scale.x < infinity; }))
        throw Error(ErrorKind::InvalidFile, messages::packingScale, m_origin, m_prefix + ".scales");
    if (codec.kind == CodecKind::Affine && !codec.symmetric) {
        const at::Tensor &zeros =
            tensor(m_prefix + ".zeros", DType::UInt8, {packedBytes(slots, codec.bits)});
        m_factor.m_zeroPoints = at::empty({slots}, at::kByte);
        unpackBits(spanOf(zeros), codec.bits, spanOf(m_factor.m_zeroPoints));
        if (slots * codec.bits % 8 != 0 && (spanOf(zeros).back() >> (slots * codec.bits % 8)) != 0)
            throw Error(ErrorKind::InvalidFile, messages::packingTail, m_origin,
                        m_prefix + ".zeros");
    }
}

void FactorReader::readCodes()
{
    const Codec &codec = m_factor.m_codec;
    const bool onlyKept = m_factor.m_maskEncoding == MaskEncoding::Bitmap ||
                          m_factor.m_maskEncoding == MaskEncoding::Indices;
    if (onlyKept) {
        readKeptCodes();
    } else if (codec.isDense()) {
        m_factor.m_codes = tensor(m_prefix, storedType(codec), m_factor.m_shape);
    } else {
        m_factor.m_codes = tensor(m_prefix + ".codes", DType::UInt8,
                                  {packedBytes(m_size.count(), codeBits(codec))});
        checkCodes(m_factor.m_codes, m_size.count());
    }
}

void FactorReader::readKeptCodes()
{
    const Codec &codec = m_factor.m_codec;
    const std::string name = m_prefix + ".codes";
    if (codec.isDense()) {
        const at::Tensor &kept = tensor(name, storedType(codec), {m_kept});
        m_factor.m_codes = at::zeros(m_factor.m_shape, scalarTypeOf(storedType(codec)));
        m_factor.m_codes.masked_scatter_(m_factor.m_mask, kept);
        return;
    }
    const int bits = codeBits(codec);
    const at::Tensor &kept = tensor(name, DType::UInt8, {packedBytes(m_kept, bits)});
    checkCodes(kept, m_kept);
    m_factor.m_codes = at::empty({packedBytes(m_size.count(), bits)}, at::kByte);
    BitReader reader(spanOf(kept));
    BitWriter writer(spanOf(m_factor.m_codes));
    const bool *mask = m_factor.m_mask.data_ptr<bool>();
    for (std::int64_t i = 0; i < m_size.count(); ++i)
        writer.put(mask[i] ? reader.get(bits) : 0, bits);
    writer.finish();
}

void FactorReader::checkCodes(const at::Tensor &codes, std::int64_t count) const
{
    const Codec &codec = m_factor.m_codec;
    const int bits = codeBits(codec);
    const std::string name = m_prefix + ".codes";
    const std::span<const std::uint8_t> bytes = spanOf(codes);
    if (count * bits % 8 != 0 && (bytes.back() >> (count * bits % 8)) != 0)
        throw Error(ErrorKind::InvalidFile, messages::packingTail, m_origin, name);
    const CodeRange range = codeRange(codec);
    if (range.lowest == 0 && range.highest == (1 << bits) - 1)
        return;
    constexpr std::int64_t atOnce = 32768; // codes; a multiple of eight ends at a byte
    at::parallel_for(
        0, (count + atOnce - 1) / atOnce, 2, [&](std::int64_t first, std::int64_t end) {
            std::vector<std::uint8_t> part;
            for (std::int64_t i = first * atOnce; i < std::min(count, end * atOnce); i += atOnce) {
                part.resize(static_cast<std::size_t>(std::min(atOnce, count - i)));
                unpackBits(bytes.subspan(static_cast<std::size_t>(i * bits / 8)), bits, part);
                const auto bad = std::ranges::find_if(part, [range](int code) {
                    return code < range.lowest || code > range.highest;
                });
                if (bad != part.end())
                    throw Error(ErrorKind::InvalidFile, messages::packingCode, m_origin, name,
                                int(*bad), range.lowest, range.highest);
            }
        });
}

void FactorReader::checkDenseMask()
{
    const at::Tensor mask = at::ne(m_factor.values(), 0);
    const std::int64_t kept = integerAt(m_description, "kept", {0, m_size.count() - 1}, m_origin);
    const std::int64_t found = mask.sum().item<std::int64_t>();
    if (found > kept)
        throw Error(ErrorKind::InvalidFile, messages::packingKept, m_origin, kept, found,
                    m_size.count());
    m_factor.m_mask = mask;
    m_factor.m_kept = kept;
}

} // namespace pare

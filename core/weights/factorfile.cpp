// What of Factor stands in a file: packing, unpacking, counting bytes.
#include "core/base/error.h"
#include "core/tensors/safetensorsheader.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/bitpacking.h"
#include "core/weights/encoding.h"
#include "core/weights/factor.h"
#include "core/weights/factorreader.h"
#include "core/weights/json.h"
#include "core/weights/masks.h"
#include "core/weights/messages.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/masked_select.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;
using Parts = std::map<std::string, std::int64_t>;

constexpr std::int64_t halfBytes = 2;

Parts bytesOf(std::span<const std::int64_t> shape, const Codec &codec, std::int64_t kept,
              MaskEncoding encoding)
{
    const MatrixSize size = matrixSize(shape);
    const bool onlyKept = encoding == MaskEncoding::Bitmap || encoding == MaskEncoding::Indices;
    Parts parts;
    parts["values"] = packedBytes(onlyKept ? kept : size.count(), codeBits(codec));
    parts["masks"] = maskBytes(encoding, size, kept);
    if (!codec.isDense()) {
        const std::int64_t slots = slotCount(size.rows, size.columns, codec);
        if (codec.kind == CodecKind::Codebook)
            parts["codebooks"] = slots * codec.codebookSize * halfBytes;
        else
            parts["scales"] = slots * codec.planes * halfBytes;
        if (codec.kind == CodecKind::Affine && !codec.symmetric)
            parts["scales"] += packedBytes(slots, codec.bits);
    }
    std::erase_if(parts, [](const auto &part) { return part.second == 0; });
    return parts;
}

const char *nameOf(MaskEncoding encoding)
{
    switch (encoding) {
    case MaskEncoding::None:
        return "none";
    case MaskEncoding::Dense:
        return "dense";
    case MaskEncoding::Bitmap:
        return "bitmap";
    case MaskEncoding::Indices:
        return "indices";
    }
    return "";
}

StoredTensor stored(std::string name, const at::Tensor &data)
{
    return {std::move(name), dtypeOf(data.scalar_type()), data.sizes().vec(), data};
}

std::span<std::uint8_t> spanOf(const at::Tensor &bytes)
{
    return {bytes.data_ptr<std::uint8_t>(), static_cast<std::size_t>(bytes.numel())};
}

} // namespace

bool Factor::hasPlainName() const
{
    return m_codec.isDense() &&
           (m_maskEncoding == MaskEncoding::None || m_maskEncoding == MaskEncoding::Dense);
}

at::Tensor Factor::keptCodes() const
{
    if (m_maskEncoding != MaskEncoding::Bitmap && m_maskEncoding != MaskEncoding::Indices)
        return m_codes;
    if (m_codec.isDense())
        return at::masked_select(m_codes, m_mask);
    const int bits = codeBits(m_codec);
    const at::Tensor kept = at::empty({packedBytes(m_kept, bits)}, at::kByte);
    BitReader reader(spanOf(m_codes));
    BitWriter writer(spanOf(kept));
    const bool *mask = m_mask.data_ptr<bool>();
    for (std::int64_t i = 0; i < count(); ++i) {
        const std::uint32_t code = reader.get(bits);
        if (mask[i])
            writer.put(code, bits);
    }
    writer.finish();
    return kept;
}

std::vector<StoredTensor> Factor::packed(const std::string &prefix) const
{
    return translatingTorchErrors([&] {
        std::vector<StoredTensor> tensors;
        tensors.push_back(stored(hasPlainName() ? prefix : prefix + ".codes", keptCodes()));
        if (m_scales.defined())
            tensors.push_back(stored(prefix + ".scales", m_scales));
        if (m_zeroPoints.defined()) {
            const at::Tensor zeros =
                at::empty({packedBytes(m_zeroPoints.numel(), m_codec.bits)}, at::kByte);
            packBits(spanOf(m_zeroPoints), m_codec.bits, spanOf(zeros));
            tensors.push_back(stored(prefix + ".zeros", zeros));
        }
        if (m_codebook.defined())
            tensors.push_back(stored(prefix + ".codebook", m_codebook));
        if (m_maskEncoding == MaskEncoding::Bitmap)
            tensors.push_back(stored(prefix + ".mask", bitmapOf(m_mask)));
        if (m_maskEncoding == MaskEncoding::Indices) {
            tensors.push_back(stored(prefix + ".counts", countsOf(m_mask)));
            tensors.push_back(stored(prefix + ".columns", columnsOf(m_mask, m_kept)));
        }
        if (m_inputScale.defined())
            tensors.push_back(stored(prefix + ".inputScale", m_inputScale));
        return tensors;
    });
}

Json Factor::description() const
{
    Json json{{"shape", m_shape}, {"codec", toJson(m_codec)}};
    if (m_maskEncoding != MaskEncoding::None)
        json["mask"] = nameOf(m_maskEncoding);
    if (m_maskEncoding == MaskEncoding::Dense)
        json["kept"] = m_kept;
    if (m_inputScale.defined())
        json["inputScale"] = true;
    return json;
}

Factor Factor::unpacked(const Json &description, const std::string &prefix,
                        const std::map<std::string, StoredTensor> &tensors,
                        const std::string &origin)
{
    return translatingTorchErrors(
        [&] { return FactorReader(description, prefix, tensors, origin).read(); });
}

Parts Factor::bytesByPart() const
{
    Parts parts = bytesOf(m_shape, m_codec, keptCount(), m_maskEncoding);
    if (m_inputScale.defined())
        parts["scales"] += m_inputScale.numel() * halfBytes;
    return parts;
}

Parts plannedBytes(std::span<const std::int64_t> shape, const Codec &codec,
                   std::optional<std::int64_t> kept)
{
    const MatrixSize size = matrixSize(shape);
    const bool masked = kept && *kept < size.count();
    const MaskEncoding encoding =
        masked ? smallestEncoding(size, *kept, codec) : MaskEncoding::None;
    return bytesOf(shape, codec, masked ? *kept : size.count(), encoding);
}

} // namespace pare

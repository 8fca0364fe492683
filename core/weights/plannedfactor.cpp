#include "core/weights/plannedfactor.h"

#include "core/weights/bitpacking.h"
#include "core/weights/encoding.h"
#include "core/weights/json.h"
#include "core/weights/masks.h"

#include <fmt/ranges.h>

namespace pare {

namespace {

MaskEncoding encodingOf(const PlannedFactor &factor)
{
    const MatrixSize size = matrixSize(factor.shape);
    return factor.kept < size.count() ? smallestEncoding(size, factor.kept, factor.codec)
                                      : MaskEncoding::None;
}

} // namespace

std::vector<StoredTensor> PlannedFactor::tensors(const std::string &prefix) const
{
    const MatrixSize size = matrixSize(shape);
    const MaskEncoding encoding = encodingOf(*this);
    const bool onlyKept = encoding == MaskEncoding::Bitmap || encoding == MaskEncoding::Indices;
    const std::int64_t values = onlyKept ? kept : size.count();
    std::vector<StoredTensor> tensors;
    const auto bytes = [&](const char *suffix, std::int64_t count) {
        tensors.push_back({prefix + suffix, DType::UInt8, {count}, {}});
    };
    if (codec.isDense())
        tensors.push_back({onlyKept ? prefix + ".codes" : prefix,
                           denseType(codec.kind),
                           onlyKept ? std::vector<std::int64_t>{kept} : shape,
                           {}});
    else
        bytes(".codes", packedBytes(values, codeBits(codec)));
    const std::int64_t slots = codec.isDense() ? 0 : slotCount(size.rows, size.columns, codec);
    if (codec.kind == CodecKind::Codebook)
        tensors.push_back({prefix + ".codebook", DType::Float16, {slots, codec.codebookSize}, {}});
    else if (!codec.isDense())
        tensors.push_back({prefix + ".scales", DType::Float16, {slots * codec.planes}, {}});
    if (codec.kind == CodecKind::Affine && !codec.symmetric)
        bytes(".zeros", packedBytes(slots, codec.bits));
    if (encoding == MaskEncoding::Bitmap)
        bytes(".mask", maskBytes(encoding, size, kept));
    if (encoding == MaskEncoding::Indices) {
        bytes(".counts", countsBytes(size));
        bytes(".columns", columnsBytes(size, kept));
    }
    if (inputScale)
        tensors.push_back({prefix + ".inputScale", DType::Float16, {size.columns}, {}});
    return tensors;
}

nlohmann::ordered_json PlannedFactor::description() const
{
    nlohmann::ordered_json json{{"shape", shape}, {"codec", toJson(codec)}};
    switch (encodingOf(*this)) {
    case MaskEncoding::None:
        break;
    case MaskEncoding::Dense:
        json["mask"] = "dense";
        json["kept"] = kept;
        break;
    case MaskEncoding::Bitmap:
        json["mask"] = "bitmap";
        break;
    case MaskEncoding::Indices:
        json["mask"] = "indices";
        break;
    }
    if (inputScale)
        json["inputScale"] = true;
    return json;
}

std::string PlannedFactor::storage() const
{
    std::string text = codec.isDense() ? "" : describe(codec);
    const std::int64_t count = matrixSize(shape).count();
    if (kept < count) {
        const double zeros = 100.0 - 100.0 * static_cast<double>(kept) / static_cast<double>(count);
        text += fmt::format("{}{:.3g} % zeros", text.empty() ? "" : ", ", zeros);
    }
    if (inputScale)
        text += text.empty() ? "scaled inputs" : ", scaled inputs";
    return text;
}

std::string productForm(std::int64_t rank)
{
    return fmt::format("rank {}", rank);
}

std::string kroneckerForm(std::span<const std::int64_t> a, std::span<const std::int64_t> b)
{
    return fmt::format("{} ⊗ {}", fmt::join(a, " x "), fmt::join(b, " x "));
}

std::string storageOf(const std::string &form, const PlannedFactor &first,
                      const PlannedFactor &second)
{
    const std::string a = first.storage();
    const std::string b = second.storage();
    if (a.empty() && b.empty())
        return form;
    if (a == b)
        return fmt::format("{}, {}", form, a);
    return fmt::format("{}, {} and {}", form, a.empty() ? describe(first.codec) : a,
                       b.empty() ? describe(second.codec) : b);
}

} // namespace pare

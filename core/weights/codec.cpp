#include "core/weights/codec.h"

#include "core/base/error.h"
#include "core/weights/json.h"
#include "core/weights/messages.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include <fmt/ranges.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kinds{
    std::pair{CodecKind::Float32, "float32"},   std::pair{CodecKind::Float16, "float16"},
    std::pair{CodecKind::BFloat16, "bfloat16"}, std::pair{CodecKind::Affine, "affine"},
    std::pair{CodecKind::Codebook, "codebook"}, std::pair{CodecKind::Ternary, "ternary"},
    std::pair{CodecKind::Binary, "binary"},
};

constexpr std::array granularities{
    std::pair{Granularity::Tensor, "tensor"},
    std::pair{Granularity::Channel, "channel"},
    std::pair{Granularity::Group, "group"},
};

template <class Table>
auto fromName(const Table &table, const Json &json, const char *key, const std::string &origin)
{
    const std::string name = textAt(json, key, origin);
    const auto found = std::ranges::find(
        table, name, [](const auto &row) { return std::string_view(row.second); });
    if (found == table.end()) {
        std::vector<std::string_view> names;
        for (const auto &row : table)
            names.push_back(row.second);
        throw Error(ErrorKind::InvalidFile, messages::packingKey, origin,
                    fmt::format("one of {}", fmt::join(names, ", ")), key, name);
    }
    return found->first;
}

const char *nameOf(CodecKind kind)
{
    return kinds[static_cast<std::size_t>(kind)].second;
}

/// Whether products of the codes themselves with 8-bit inputs need one scale per row and no more.
bool allowsActivationBits(const Codec &codec)
{
    return codec.kind == CodecKind::Affine && codec.bits == 8 && codec.symmetric &&
           codec.granularity != Granularity::Group;
}

/// The key is only there where it says 8.
int activationBitsFrom(const Json &json, const Codec &codec, const std::string &origin)
{
    constexpr auto key = "activationBits";
    if (!json.contains(key))
        return 0;
    if (!allowsActivationBits(codec))
        throw Error(ErrorKind::InvalidFile, messages::packingKeyForeign, origin, key,
                    describe(codec));
    return static_cast<int>(integerAt(json, key, {8, 8}, origin));
}

/// The key is only there where it says more than 1.
int planesFrom(const Json &json, const Codec &codec, const std::string &origin)
{
    constexpr auto key = "planes";
    if (!json.contains(key))
        return 1;
    if (codec.kind != CodecKind::Binary)
        throw Error(ErrorKind::InvalidFile, messages::packingKeyForeign, origin, key,
                    describe(codec));
    return static_cast<int>(integerAt(json, key, {1, 2}, origin));
}

} // namespace

Codec denseCodec(DType type)
{
    Codec codec;
    switch (type) {
    case DType::Float16:
        codec.kind = CodecKind::Float16;
        break;
    case DType::BFloat16:
        codec.kind = CodecKind::BFloat16;
        break;
    case DType::Float32:
    case DType::Float64:
        codec.kind = CodecKind::Float32;
        break;
    default:
        throw Error(ErrorKind::Unsupported, messages::codecDense, nameOf(type));
    }
    return codec;
}

DType denseType(CodecKind kind)
{
    return kind == CodecKind::Float16    ? DType::Float16
           : kind == CodecKind::BFloat16 ? DType::BFloat16
                                         : DType::Float32;
}

int codeBits(const Codec &codec)
{
    switch (codec.kind) {
    case CodecKind::Float32:
        return 32;
    case CodecKind::Float16:
    case CodecKind::BFloat16:
        return 16;
    case CodecKind::Affine:
        return codec.bits;
    case CodecKind::Codebook:
        return std::bit_width(static_cast<unsigned>(codec.codebookSize - 1));
    case CodecKind::Ternary:
        return 2;
    case CodecKind::Binary:
        return codec.planes;
    }
    return 0;
}

void checkCodec(const Codec &codec)
{
    if (codec.activationBits != 0 && (codec.activationBits != 8 || !allowsActivationBits(codec)))
        throw Error(ErrorKind::InvalidSetting, messages::codecActivations, codec.activationBits);
    if (codec.planes != 1 && (codec.planes != 2 || codec.kind != CodecKind::Binary))
        throw Error(ErrorKind::InvalidSetting, messages::codecPlanes, codec.planes);
    if (codec.isDense())
        return;
    if (codec.kind == CodecKind::Affine && (codec.bits < 2 || codec.bits > 8))
        throw Error(ErrorKind::InvalidSetting, messages::codecBits, codec.bits, 2, 8);
    if (codec.kind == CodecKind::Codebook && (codec.codebookSize < 2 || codec.codebookSize > 256))
        throw Error(ErrorKind::InvalidSetting, messages::codecCodebook, codec.codebookSize);
    if (codec.granularity == Granularity::Group && codec.group < 1)
        throw Error(ErrorKind::InvalidSetting, messages::codecGroup, codec.group);
}

std::string describe(const Codec &codec)
{
    if (codec.isDense())
        return nameOf(codec.kind);
    std::string text;
    switch (codec.kind) {
    case CodecKind::Affine:
        text = fmt::format("{} bits", codec.bits);
        break;
    case CodecKind::Codebook:
        text = fmt::format("codebook of {}", codec.codebookSize);
        break;
    default:
        text = codec.planes == 1 ? nameOf(codec.kind) : fmt::format("{} x 1 bit", codec.planes);
        break;
    }
    switch (codec.granularity) {
    case Granularity::Tensor:
        text += ", per tensor";
        break;
    case Granularity::Channel:
        text += ", per channel";
        break;
    case Granularity::Group:
        text += fmt::format(", groups of {}", codec.group);
        break;
    }
    if (codec.kind == CodecKind::Affine && !codec.symmetric)
        text += ", asymmetric";
    if (codec.activationBits != 0)
        text += fmt::format(", {}-bit activations", codec.activationBits);
    return text;
}

Json toJson(const Codec &codec)
{
    Json json{{"kind", nameOf(codec.kind)}};
    if (codec.isDense())
        return json;
    if (codec.kind == CodecKind::Affine) {
        json["bits"] = codec.bits;
        json["symmetric"] = codec.symmetric;
    }
    if (codec.kind == CodecKind::Codebook)
        json["size"] = codec.codebookSize;
    if (codec.planes != 1)
        json["planes"] = codec.planes;
    json["granularity"] = granularities[static_cast<std::size_t>(codec.granularity)].second;
    if (codec.granularity == Granularity::Group)
        json["group"] = codec.group;
    if (codec.activationBits != 0)
        json["activationBits"] = codec.activationBits;
    return json;
}

Codec codecFromJson(const Json &json, const std::string &origin)
{
    Codec codec;
    codec.kind = fromName(kinds, json, "kind", origin);
    if (codec.isDense()) {
        codec.activationBits = activationBitsFrom(json, codec, origin);
        return codec;
    }
    if (codec.kind == CodecKind::Affine) {
        codec.bits = static_cast<int>(integerAt(json, "bits", {2, 8}, origin));
        codec.symmetric = boolAt(json, "symmetric", origin);
    }
    if (codec.kind == CodecKind::Codebook)
        codec.codebookSize = static_cast<int>(integerAt(json, "size", {2, 256}, origin));
    codec.granularity = fromName(granularities, json, "granularity", origin);
    if (codec.granularity == Granularity::Group)
        codec.group = integerAt(json, "group", {1, INT64_MAX}, origin);
    codec.planes = planesFrom(json, codec, origin);
    codec.activationBits = activationBitsFrom(json, codec, origin);
    return codec;
}

} // namespace pare

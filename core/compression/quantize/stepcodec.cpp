#include "core/compression/quantize/stepcodec.h"

#include <array>
#include <cassert>
#include <string_view>
#include <utility>

namespace pare {

namespace {

constexpr std::array<std::pair<std::string_view, CodecKind>, 5> kinds{{
    {"quantize.affine", CodecKind::Affine},
    {"quantize.half", CodecKind::Float16},
    {"quantize.bfloat16", CodecKind::BFloat16},
    {"quantize.ternary", CodecKind::Ternary},
    {"quantize.binary", CodecKind::Binary},
}};

CodecKind kindOf(std::string_view technique)
{
    for (const auto &[id, kind] : kinds) {
        if (id == technique)
            return kind;
    }
    assert(false);
    return CodecKind::Float32;
}

} // namespace

Codec stepCodec(const Step &step)
{
    Codec codec;
    codec.kind = kindOf(step.technique);
    if (step.has("bits"))
        codec.bits = static_cast<int>(step.integer("bits"));
    if (step.has("symmetric"))
        codec.symmetric = step.choice("symmetric") == "yes";
    if (step.has("granularity")) {
        const std::string &granularity = step.choice("granularity");
        codec.granularity = granularity == "tensor"  ? Granularity::Tensor
                            : granularity == "group" ? Granularity::Group
                                                     : Granularity::Channel;
    }
    if (codec.granularity == Granularity::Group)
        codec.group = step.integer("group");
    return codec;
}

} // namespace pare

#include "core/compression/quantize/stepcodec.h"

#include <array>
#include <cassert>
#include <string_view>
#include <utility>

namespace pare {

namespace {

constexpr std::array<std::pair<std::string_view, CodecKind>, 12> kinds{{
    {"quantize.affine", CodecKind::Affine},
    {"quantize.gptq", CodecKind::Affine},
    {"quantize.awq", CodecKind::Affine},
    {"quantize.int8", CodecKind::Affine},
    {"quantize.smoothquant", CodecKind::Affine},
    {"quantize.llm-int8", CodecKind::Affine},
    {"quantize.codebook", CodecKind::Codebook},
    {"share.codebook", CodecKind::Codebook},
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
    if (isOneOf("quantize.int8|quantize.smoothquant|quantize.llm-int8", step.technique))
        codec.activationBits = 8;
    if (step.has("k"))
        codec.codebookSize = static_cast<int>(step.integer("k"));
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

Clip stepClip(const Step &step)
{
    if (!step.has("clip") || step.choice("clip") == "minmax")
        return Clip::MinMax;
    return step.choice("clip") == "mse" ? Clip::Mse : Clip::Percentile;
}

} // namespace pare

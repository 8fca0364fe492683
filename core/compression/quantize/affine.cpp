#include "core/compression/quantize/affine.h"

namespace pare {

Codec affineCodec(const Step &step)
{
    Codec codec;
    codec.kind = CodecKind::Affine;
    codec.bits = static_cast<int>(step.integer("bits"));
    codec.symmetric = step.choice("symmetric") == "yes";
    const std::string &granularity = step.choice("granularity");
    codec.granularity = granularity == "tensor"  ? Granularity::Tensor
                        : granularity == "group" ? Granularity::Group
                                                 : Granularity::Channel;
    if (codec.granularity == Granularity::Group)
        codec.group = step.integer("group");
    return codec;
}

} // namespace pare

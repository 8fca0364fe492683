// A tensor of a GGUF file as a weight: the same values, kept as small as they stand there where codes
// and scales of ours can say them. Free functions; any thread.
#pragma once

#include "core/checkpoint/ggufreader.h"
#include "core/weights/factor.h"

#include <memory>

namespace pare {

/// F32, F16 and BF16 lie over the mapped bytes, which stay mapped as long as the factor lives. Quantized
/// ones become affine codes in groups of 32, with zero points where they need some, if those stand for
/// the same values; else they are unpacked, to half precision where that holds them, and as what they
/// are in float32 where it does not.
Factor ggufFactor(const std::shared_ptr<const GgufReader> &reader, const GgufTensor &tensor);

} // namespace pare

// The codec that a quantize step sets for every factor of its layers. Factor::encoded does the
// rounding, so that what is measured is what is stored.
#pragma once

#include "core/model/recipe.h"
#include "core/weights/codec.h"

namespace pare {

/// What a checked quantize.affine, half, bfloat16, ternary or binary step asks for. A group longer
/// than a row is one group.
Codec stepCodec(const Step &step);

} // namespace pare

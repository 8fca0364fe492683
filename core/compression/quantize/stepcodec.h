// The codec that a quantize step sets for every factor of its layers. Factor::encoded does the
// rounding, so that what is measured is what is stored.
#pragma once

#include "core/compression/quantize/clipping.h"
#include "core/model/recipe.h"
#include "core/weights/codec.h"

namespace pare {

/// What a checked quantize step asks for. A group longer than a row is one group.
Codec stepCodec(const Step &step);

/// How a checked step's scales are to be chosen; MinMax where it does not say.
Clip stepClip(const Step &step);

} // namespace pare

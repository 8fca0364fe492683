// quantize.affine: each weight becomes the nearest of evenly spaced values (round to nearest). The
// step sets the codec of a layer's factors; Factor::encoded does the rounding, so that what is
// measured is what is stored.
#pragma once

#include "core/model/recipe.h"
#include "core/weights/codec.h"

namespace pare {

/// What a checked quantize.affine step asks for. A group longer than a row is one group.
Codec affineCodec(const Step &step);

} // namespace pare

// Which rank a factorize.svd step asks for: a plain value, without weights.
#pragma once

#include "core/model/recipe.h"

namespace pare {

/// rank=N as it stands, or floor(keep · out · in / (out + in)). Throws InvalidSetting for a rank
/// below 1 and for one whose two factors hold as many weights as the matrix or more.
std::int64_t svdRank(const Step &step, const Layer &layer);

} // namespace pare

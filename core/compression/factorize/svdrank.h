// Which rank or shape a factorize step asks for: plain values, without weights.
#pragma once

#include "core/compression/factorize/kronecker.h"
#include "core/compression/factorize/rankchoice.h"
#include "core/model/recipe.h"

#include <optional>

namespace pare {

/// rank=N as it stands, or floor(keep · out · in / (out + in)). Throws InvalidSetting for a rank
/// below 1 and for one whose two factors hold as many weights as the matrix or more.
std::int64_t svdRank(const Step &step, const Layer &layer);

/// energy=… or error=… of a checked step, where that decides.
std::optional<RankBound> rankBound(const Step &step);

/// block=PxQ as it stands, or kroneckerShapeFor(keep). Throws InvalidSetting for blocks that do not
/// divide the layer's matrix or save nothing, and for a share that no shape holds.
KroneckerShape stepKronecker(const Step &step, const Layer &layer);

} // namespace pare

// Masked language modelling's questions (Devlin et al. 2019). Free functions; any thread.
#pragma once

#include "core/network/packedbatch.h"

#include <cstdint>
#include <vector>

namespace pare {

struct MaskingOptions
{
    double share = 0.15;
    std::int64_t vocabulary = 0; ///< tokens to draw random ones from
    std::int64_t maskId = 0;
    std::vector<std::int64_t> special; ///< never asked for nor drawn: [PAD], [CLS], [SEP], [MASK]
};

struct MaskedBatch
{
    PackedBatch batch;                 ///< with its questions written in
    std::vector<std::int64_t> rows;    ///< tokens asked for, ascending; none where all are special
    std::vector<std::int64_t> targets; ///< what stood there
};

/// Asks for `share` of the tokens, at least one: 80 % become [MASK], 10 % a random token, 10 %
/// stay. Follows from seed and step alone.
MaskedBatch masked(PackedBatch batch, const MaskingOptions &options, std::uint64_t seed,
                   std::int64_t step);

} // namespace pare

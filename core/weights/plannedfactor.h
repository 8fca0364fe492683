// A factor that is not there yet: what it will stand for in a file, from shape, codec and kept
// weights alone.
//
// Lets the size of an export be told to the byte before any weight is touched. A plain value.
#pragma once

#include "core/weights/factor.h"

namespace pare {

struct PlannedFactor
{
    std::vector<std::int64_t> shape;
    Codec codec;
    std::int64_t kept = 0; ///< as many as there are: not masked

    /// Names, types and shapes of Factor::packed(); no data.
    std::vector<StoredTensor> tensors(const std::string &prefix) const;
    /// Factor::description().
    nlohmann::ordered_json description() const;
};

} // namespace pare

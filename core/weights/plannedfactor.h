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
    std::int64_t kept = 0;   ///< as many as there are: not masked
    bool inputScale = false; ///< whether it has one

    /// Names, types and shapes of Factor::packed(); no data.
    std::vector<StoredTensor> tensors(const std::string &prefix) const;
    /// Factor::description().
    nlohmann::ordered_json description() const;
    /// "4 bits, groups of 64, 50 % zeros": for people, in English; empty for a plain dense factor.
    std::string storage() const;
};

/// "rank 24" and "24 x 96 ⊗ 32 x 32": what a product is called.
std::string productForm(std::int64_t rank);
std::string kroneckerForm(std::span<const std::int64_t> a, std::span<const std::int64_t> b);

/// "rank 24, 4 bits": what two factors together are, and what each is stored as.
std::string storageOf(const std::string &form, const PlannedFactor &first,
                      const PlannedFactor &second);

} // namespace pare

// How many weights of a factor a pruning step keeps: a plain value, exact before any weight is
// seen.
#pragma once

#include <cstdint>
#include <span>

namespace pare {

/// Among which weights the smallest are found.
enum class MaskScope {
    Matrix,  ///< each factor of a matrix
    Row,     ///< each row of each factor
    Global,  ///< all factors of all layers of one step
    Pattern, ///< each run of `of` consecutive weights of a row
};

struct MaskSetting
{
    MaskScope scope = MaskScope::Matrix;
    double sparsity = 0;   ///< share that is removed; not with Pattern
    std::int64_t kept = 0; ///< Pattern: so many …
    std::int64_t of = 0;   ///< … of each run of this length
    int pool = -1;         ///< Global: layers with the same number are pruned together

    bool operator==(const MaskSetting &) const = default;
};

/// round(sparsity · count), halves up: the one rounding rule of all scopes.
std::int64_t removedCount(double sparsity, std::int64_t count);

/// Weights that stay of a factor of `shape` ([rows, width]). A row whose width is not a multiple of
/// a pattern's length ends in a shorter run, which keeps min(kept, its length). Not for
/// MaskScope::Global, where it depends on the weights.
std::int64_t keptCount(const MaskSetting &setting, std::span<const std::int64_t> shape);

} // namespace pare

// How many weights of a factor a pruning step keeps: a plain value, exact before any weight is
// seen.
#pragma once

#include "core/base/message.h"
#include "core/model/recipe.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace pare {

/// Among which weights the smallest are found.
enum class MaskScope {
    Matrix,  ///< each factor of a matrix
    Row,     ///< each row of each factor, or each row of blocks
    Global,  ///< all factors of all layers of one step
    Pattern, ///< each run of `of` consecutive weights of a row
    Learned, ///< training decides how many go
};

struct MaskSetting
{
    MaskScope scope = MaskScope::Matrix;
    double sparsity = 0;   ///< share that is removed; not with Pattern
    std::int64_t kept = 0; ///< Pattern: so many …
    std::int64_t of = 0;   ///< … of each run of this length
    int pool = -1;         ///< Global: layers with the same number are pruned together
    /// Weights go or stay by whole blocks of this shape, which lie side by side from the first
    /// weight on. Not with Pattern.
    std::int64_t blockRows = 1;
    std::int64_t blockColumns = 1;

    std::int64_t blockSize() const { return blockRows * blockColumns; }
    bool operator==(const MaskSetting &) const = default;
};

/// "16x8" of a checked step's setting of SettingKind::Block: rows and columns.
std::pair<std::int64_t, std::int64_t> blockShape(const Step &step, std::string_view setting);

/// What a checked step of any mask technique asks for, by those of the settings sparsity, pattern,
/// block and scope that it has; `pool` numbers it where its scope is global.
MaskSetting maskSetting(const Step &step, int pool);

/// Why a factor of `shape` ([rows, width]) cannot be pruned so, if it cannot: it is not made of
/// whole blocks. `technique` and `layer` are for the message.
std::optional<Message> maskRefusal(const MaskSetting &setting, std::span<const std::int64_t> shape,
                                   std::string_view technique, std::string_view layer);

/// round(sparsity · count), halves up: the one rounding rule of all scopes, in blocks.
std::int64_t removedCount(double sparsity, std::int64_t count);

/// Weights that stay of a factor of `shape` ([rows, width]), which maskRefusal() allows. A row whose
/// width is not a multiple of a pattern's length ends in a shorter run, which keeps min(kept, its
/// length). Not for MaskScope::Global, where it depends on the weights.
std::int64_t keptCount(const MaskSetting &setting, std::span<const std::int64_t> shape);

/// Weights that stay of `count` altogether, in whole blocks, where one threshold prunes them all:
/// MaskScope::Matrix and Global.
std::int64_t keptTogether(const MaskSetting &setting, std::int64_t count);

} // namespace pare

// What a model's parameters are counted in, so that totals can be compared with those of papers,
// which count with or without pooler and head. Plain values; any thread.
#pragma once

#include "core/model/layer.h"

#include <cstdint>
#include <optional>

namespace pare {

/// Parameters as ModelDescription counts them: weights, biases and norms, shared ones once.
struct ParameterParts
{
    std::int64_t embeddings = 0; ///< tables, their norm and their projection
    std::int64_t blocks = 0;     ///< of all stacks
    std::int64_t pooler = 0;
    std::int64_t head = 0; ///< what follows it; a tied decoder counts its bias alone

    std::int64_t total() const { return embeddings + blocks + pooler + head; }
    std::int64_t body() const { return embeddings + blocks; }
    bool operator==(const ParameterParts &) const = default;
};

ParameterParts parametersByPart(const ModelDescription &model);

/// How wide the table of positions is: as the token table, or as the blocks. Nothing where positions
/// are computed.
std::optional<std::int64_t> positionWidth(const ModelDescription &model);

} // namespace pare

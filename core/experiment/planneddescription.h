// What a recipe would make of a model, told to the byte before it is run.
#pragma once

#include "core/compression/plan.h"
#include "core/compression/plannedsize.h"
#include "core/model/layer.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace pare {

struct Checkpoint;

struct PlannedDescription
{
    ModelDescription model;     ///< as inspecting the export would say
    std::vector<Message> notes; ///< of the plan
};

/// Bytes of the `model.safetensors` that export would write; nothing where they depend on the
/// weights (one threshold for several layers). Fast enough to follow a slider.
std::optional<std::int64_t> plannedFileBytes(const Checkpoint &checkpoint, const RecipePlan &plan);

/// Works on config.json alone too. Where sizes depend on the weights, compresses them to know.
/// Throws Error.
PlannedDescription plannedDescription(const Checkpoint &checkpoint, const Recipe &recipe);

} // namespace pare

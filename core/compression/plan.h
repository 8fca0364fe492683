// What a recipe does to a model, settled before anything runs: values only, any thread.
//
// A plan takes structure away first, orders the other steps by family, lets later steps replace earlier ones where both set the same
// part of a layer, leads steps on shared layers to the layer that owns the weight, and refuses what
// cannot hold.
#pragma once

#include "core/base/message.h"
#include "core/compression/plannedlayer.h"
#include "core/compression/structure/structure.h"
#include "core/model/recipe.h"

#include <string>
#include <vector>

namespace pare {

/// What factorize.safe puts between the two factors of the token table.
struct PlannedTokenAttention
{
    int width = 0; ///< the rank of the table
    int heads = 0;

    bool operator==(const PlannedTokenAttention &) const = default;
};

struct RecipePlan
{
    Recipe recipe; ///< as it is stored: checked, in the order of application, selections explicit
    StructurePlan structure;          ///< what of the model stays
    ModelDescription model;           ///< that part of it; layers keep their names
    std::vector<PlannedLayer> layers; ///< all of `model`, in its order
    std::optional<PlannedTokenAttention> tokenAttention; ///< its layers are in `model`, and new
    std::vector<Message> notes;       ///< what the program does that the recipe does not say
};

/// Throws InvalidSetting for a recipe that is not valid, a selection that leaves no layer a
/// technique can act on, forms that save nothing, parts of a layer that do not go together, and
/// layers that cannot be shared. Planning the plan's own recipe gives the same layers.
RecipePlan plan(const Recipe &recipe, const ModelDescription &model);

/// The same once it is known which parts of the structure stay; `structure` is of the plan's recipe.
RecipePlan plan(const Recipe &recipe, const ModelDescription &model,
                const StructurePlan &structure);

/// The plan for the model that structure leaves, `smaller` (describe()): layers under its names.
RecipePlan numberedAnew(RecipePlan plan, const ModelDescription &smaller);

} // namespace pare

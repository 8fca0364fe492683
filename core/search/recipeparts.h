// Takes a recipe apart into what single places answer to single options, which a response table tells.
//
// Free functions without state; any thread.
#pragma once

#include "core/model/layer.h"
#include "core/model/recipe.h"

#include <vector>

namespace pare {

/// One recipe for each option at each place that `recipe` touches, as sweepRecipesPerLayer() makes them; a
/// step that acts on several places as one (sharing, one threshold for all, whole blocks, the vocabulary) is
/// one part. Its training is left out. Throws InvalidSetting for a recipe that cannot hold.
std::vector<Recipe> partsOf(const Recipe &recipe, const ModelDescription &model);

} // namespace pare

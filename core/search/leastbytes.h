// How small a choice of options can make a model, before anything was asked of it.
//
// Free functions without state; any thread.
#pragma once

#include "core/model/layer.h"
#include "core/model/recipe.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pare {

struct BudgetTarget;

/// The bytes that are left of the weights where every place gets the option that saves most; `recipes` are
/// single options, as sweepRecipesPerLayer() makes them, and `locked` layers stay as they are. The file's header
/// comes on top, and what only weights or data can tell counts as nothing, so that no choice takes less.
std::int64_t leastBytes(const std::vector<Recipe> &recipes, const std::vector<std::string> &locked,
                        const ModelDescription &model);

/// Throws InvalidSetting where `target` is of bytes and below leastBytes(): no sweep would help.
void refuseUnreachable(const BudgetTarget &target, const std::vector<Recipe> &recipes,
                       const std::vector<std::string> &locked, const ModelDescription &model);

} // namespace pare

// Recipes to try, from one line of text.
#pragma once

#include "core/model/layer.h"
#include "core/model/recipe.h"

#include <string>
#include <string_view>
#include <vector>

namespace pare {

/// "8|4" or "32..256:32" one by one; `technique` is named where it cannot be read. Throws InvalidSetting.
std::vector<std::string> alternativeValues(std::string_view text, std::string_view technique);

/// 'quantize.affine bits=8|4 group=32|64': `|` separates alternatives, `a..b:s` is a range of
/// numbers; several in one step form their product, the last varying fastest. Throws
/// InvalidSetting.
std::vector<Step> alternatives(std::string_view step);

/// What is asked of every layer where nothing is named: bits and thin products for the matrices of
/// the blocks, bits for the token table, which is much of a small model.
std::vector<std::string> usualLayerOptions();

/// One recipe for each alternative of each technique, after the steps of `base`. Duplicates are
/// left out.
std::vector<Recipe> sweepRecipes(const Recipe &base, const std::vector<std::string> &techniques);

/// The same, but each alternative for every single layer its step selects that has a weight of its
/// own; of techniques that remove structure from blocks, for every block.
std::vector<Recipe> sweepRecipesPerLayer(const Recipe &base,
                                         const std::vector<std::string> &techniques,
                                         const ModelDescription &model);

} // namespace pare

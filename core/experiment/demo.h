// The demo that every installation carries: a small trained model and recipes from all families.
#pragma once

#include "core/model/recipe.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pare {

/// The folder of the demo model: of this installation, or of the source tree. Throws Io where it is
/// missing.
std::filesystem::path demoModel();

/// What it is measured on.
inline constexpr const char *demoData = "wordnet:test";
/// What its techniques may look at.
inline constexpr const char *demoCalibration = "wordnet:train";

/// From lossless to hopeless: several strengths of each family and some mixed ones; the first is
/// the original.
std::vector<Recipe> demoRecipes();

} // namespace pare

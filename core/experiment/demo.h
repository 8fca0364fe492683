// What every installation carries: the demo, a small trained model with recipes from all families,
// and recipes to begin with.
#pragma once

#include "core/model/recipe.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

/// A folder of this installation, or of the source tree: "demo", "recipes".
std::filesystem::path resourceFolder(std::string_view name);

/// A recipe to begin with.
struct Preset
{
    std::string name;
    std::string description; ///< one sentence
    Recipe recipe;           ///< checked
};

/// In the order in which they are shown. Throws InvalidFile.
std::vector<Preset> presets();

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

// Selections as text from layers that were chosen by hand. Free functions; any thread.
#pragma once

#include "core/model/layer.h"
#include "core/model/recipe.h"

#include <string>
#include <vector>

namespace pare {

/// The layers of `model` that a step's technique can act on and its selection matches. Throws
/// InvalidSetting.
std::vector<std::string> layersOf(const Step &step, const ModelDescription &model);

/// A selection that matches these layers, among those a technique can act on, and no others: by
/// role and block where that says it, else by name. Empty for no layers.
std::string selectionText(const TechniqueInfo &technique, const std::vector<std::string> &names,
                          const ModelDescription &model);

/// The step with one layer more, or one less. Unchanged where its technique cannot act on that
/// layer.
Step withLayerToggled(Step step, const std::string &name, const ModelDescription &model);

} // namespace pare

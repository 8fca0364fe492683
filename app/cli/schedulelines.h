// What rises or falls during a training, drawn in a line each before it begins. Pure functions.
#pragma once

#include "core/model/recipe.h"

#include <string>
#include <vector>

namespace pare {

/// Of the training of a checked recipe: "bits over the training: 8 ██▆▆▄▄▂▂▁▁▁▁ 2, from 70 % of the
/// steps on". None where nothing changes.
std::vector<std::string> scheduleLines(const Recipe &recipe);
/// Of a checked distillation.
std::vector<std::string> scheduleLines(const Step &method);

} // namespace pare

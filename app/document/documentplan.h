// What can be said of a model, a recipe and a layer without measuring. Free functions; any thread.
#pragma once

#include "app/document/documentvalues.h"
#include "core/base/progress.h"
#include "core/model/choices.h"

namespace pare {

struct Checkpoint;

/// Fills what of `identity` is empty and can be known. Throws Error and Cancelled.
void complete(Identity &identity, const Checkpoint &checkpoint, const Choices &choices,
              Progress &progress);

/// The first technique of the recipe that looks at calibration data; nothing: none does.
const TechniqueInfo *calibratedTechnique(const Recipe &recipe);

/// Exact sizes of the recipe as it stands and of each of its steps; never throws Error, but tells
/// it.
PlanSummary planSummary(const Checkpoint &checkpoint, const std::vector<ChosenStep> &steps);

} // namespace pare

// What a plan has made of each layer, measured on the weights themselves. Any thread.
#pragma once

#include "core/base/progress.h"
#include "core/compression/plan.h"
#include "core/model/run.h"
#include "core/weights/weight.h"

namespace pare {

/// For each layer of the plan: steps, own bytes by part (biases under "rest"), and the relative
/// error of the weight it uses against the same layer of `original`; kernels are left empty. Throws
/// NotEnoughMemory, Cancelled.
std::vector<LayerRecord> layerRecords(const ModelWeights &original, const ModelWeights &compressed,
                                      const RecipePlan &plan, Progress &progress);

/// Stored weights and biases of the whole model, as PlannedSize::parameters counts them.
std::int64_t parameterCount(const ModelWeights &weights);

} // namespace pare

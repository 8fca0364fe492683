// What a plan has made of each layer, measured on the weights themselves. Any thread.
#pragma once

#include "core/base/progress.h"
#include "core/compression/compressedmodel.h"
#include "core/model/run.h"
#include "core/weights/weight.h"

namespace pare {

/// For each layer of the whole model, under its names there: steps, own bytes by part (biases under
/// "rest"), and the relative error of the weight it uses against the original's, where what is gone
/// counts as zero, and in between those of layers that the plan adds; kernels are left empty.
/// Throws NotEnoughMemory, Cancelled.
std::vector<LayerRecord> layerRecords(const OpenedModel &original,
                                      const CompressedModel &compressed, Progress &progress);

/// Stored weights and biases of the whole model, as PlannedSize::parameters counts them.
std::int64_t parameterCount(const ModelWeights &weights);

} // namespace pare

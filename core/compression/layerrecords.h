// What a plan has made of each layer, measured on the weights themselves. Any thread.
#pragma once

#include "core/base/progress.h"
#include "core/compression/compressedmodel.h"
#include "core/model/run.h"
#include "core/weights/weight.h"

namespace pare {

/// For each layer of the whole model, under its names there: steps, own bytes by part (biases under
/// "rest"), how it is stored, and the relative error of the weight it uses against the original's,
/// where what is gone counts as zero; in between those of layers that the plan adds. Kernels and
/// output errors are left empty. Throws NotEnoughMemory, Cancelled.
std::vector<LayerRecord> layerRecords(const OpenedModel &original,
                                      const CompressedModel &compressed, Progress &progress);

/// What a layer multiplies with, its own weight or the one it uses: float32 [out, in].
at::Tensor multipliedValues(const ModelWeights &weights, const std::string &layer);
/// The same of a layer of the whole model in its shape there, zero where something is gone.
at::Tensor multipliedValues(const OpenedModel &original, const CompressedModel &compressed,
                            const std::string &layer);

/// Of all layers, biases under "rest": what a file of `fileBytes` holds beside its "header".
std::map<std::string, std::int64_t> bytesByPart(const ModelWeights &weights,
                                                std::int64_t fileBytes);

/// Stored weights and biases of the whole model, as PlannedSize::parameters counts them.
std::int64_t parameterCount(const ModelWeights &weights);

} // namespace pare

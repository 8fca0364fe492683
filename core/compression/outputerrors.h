// How far the outputs of a model's linear layers move when their weights do, on calibration data.
//
// The data walks through the original model once, block by block, so that one block's second
// moments are all that is held. One thread at a time.
#pragma once

#include "core/base/progress.h"
#include "core/compression/calibration.h"
#include "core/compression/compressedmodel.h"
#include "core/model/layer.h"
#include "core/model/run.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pare {

/// The model that layers are compared with, and what it is given.
struct CalibratedModel
{
    OpenedModel model;
    const CalibrationData &data;
};

/// A layer's matrix by its canonical name: float32 [out, in], of the original's shape.
using LayerMatrix = std::function<at::Tensor(const std::string &layer)>;

/// Whether a layer multiplies what reaches it by a matrix; embeddings are looked up.
bool multiplies(const Layer &layer);

/// outputError() of those of `layers` that multiply, `now` against the weights of `original`, over
/// what the layer is given there: each layer by its own inputs, also where several use one weight.
/// Empty without data. Throws Error, Cancelled.
std::map<std::string, double> outputErrors(const CalibratedModel &original,
                                           const std::set<std::string> &layers,
                                           const LayerMatrix &now, Progress &progress);

/// `layers` with the output errors of those that multiply: measured where a step touched them (what
/// is gone counts as zero), and 0 where none did. As they are without data. Throws Error,
/// Cancelled.
std::vector<LayerRecord> withOutputErrors(std::vector<LayerRecord> layers,
                                          const CalibratedModel &original,
                                          const CompressedModel &compressed, Progress &progress);

} // namespace pare

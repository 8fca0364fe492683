// Takes structure away from weights: rows and columns of plain matrices, whole blocks. Any thread.
#pragma once

#include "core/compression/structure/structure.h"
#include "core/weights/weight.h"

namespace pare {

/// The weights of what stays, blocks numbered anew; `model` describes `weights`. What loses nothing
/// is passed on without a copy. Throws NotEnoughMemory.
ModelWeights withStructure(const ModelWeights &weights, const ModelDescription &model,
                           const Structure &structure);

/// `values` of a layer of the smaller model as part of the whole one's, zero where something is
/// gone; `layer` is the whole model's.
at::Tensor inWhole(const at::Tensor &values, const Layer &layer, const ModelDescription &model,
                   const Structure &structure);

} // namespace pare

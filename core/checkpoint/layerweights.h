// The weight and bias a layer computes with, wherever they are owned: for writers of other formats.
// Free functions; any thread.
#pragma once

#include "core/model/layer.h"
#include "core/weights/weight.h"

namespace pare {

/// Of the owner where the layer's weight is shared. Throws InvalidFile where it is missing or of
/// another shape.
const LayerWeights &requiredWeights(const ModelWeights &weights, const Layer &layer);

/// Who has the bias the layer uses: itself if it has one (a tied decoder), else the weight's owner.
std::string biasOwner(const ModelWeights &weights, const Layer &layer);

/// float32 [out], contiguous; zeros where nobody has one.
at::Tensor requiredBias(const ModelWeights &weights, const Layer &layer);

} // namespace pare

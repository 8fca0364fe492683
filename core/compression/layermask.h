// The mask a plan gives the factors of a layer.
#pragma once

#include "core/compression/openlayer.h"

namespace pare {

/// What the layer's pruning step ranks the weights of one factor by: what is smallest goes. Of
/// techniques that score. float32, of the factor's shape. Throws Unsupported, Cancelled.
at::Tensor scoresOf(const OpenLayer &layer, std::size_t factor, const LayerWork &work);

/// Prunes one factor as the plan says; not for MaskScope::Global. SparseGPT changes its values as
/// well. Throws Unsupported, Cancelled.
void setMask(OpenLayer &layer, std::size_t factor, const LayerWork &work);

} // namespace pare

// The codec a plan gives the factors of a layer, and with it the layer's new weight.
#pragma once

#include "core/compression/openlayer.h"

namespace pare {

/// Whether the layer's codec is chosen by what its factors are given (inputsOf()).
bool codecNeedsInputs(const PlannedLayer &planned, const LayerWork &work);

/// The weight made of the layer's drafts, each encoded as the plan says; from the last to the first,
/// so that a factor sees what the one to its right has become. Throws Unsupported naming the layer,
/// Cancelled.
Weight closed(OpenLayer &layer, const LayerWork &work);

} // namespace pare

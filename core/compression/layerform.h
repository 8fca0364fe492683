// The form a plan gives a layer: what its matrix becomes a product of.
#pragma once

#include "core/compression/openlayer.h"

namespace pare {

/// The layer with new factors in the codec it had, where its plan has a form for it; masks and input
/// scales do not survive that. It stays as it is where the rank follows from its singular values and
/// would save nothing. Throws Unsupported, Cancelled.
void setForm(OpenLayer &layer, const LayerWork &work);

} // namespace pare

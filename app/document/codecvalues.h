// The values that a codec lets weights take. A free function; any thread.
#pragma once

#include "app/document/layervalues.h"
#include "core/weights/weight.h"

namespace pare {

/// Nothing for dense codecs, for weights of several factors, and for inputs that are scaled, with
/// which each column has values of its own.
std::optional<CodecValues> codecValues(const Weight &weight);

} // namespace pare

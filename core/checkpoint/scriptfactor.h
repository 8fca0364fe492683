// Numbers of a TorchScript file as the factor they were written from. A free function; any thread.
#pragma once

#include "core/weights/factor.h"

namespace pare {

enum class Zeros { Kept, Pruned }; ///< whether zeros are weights that are not there

/// A file holds what codes stand for, not codes. `values`, float32 or float16, [out, in] or [width],
/// become codes of `codec` again where some stand for exactly the same numbers: scales are found as the
/// largest of which every weight is a whole multiple. Else they stay as they are, over their own memory.
Factor scriptFactor(const at::Tensor &values, Codec codec, Zeros zeros);

} // namespace pare

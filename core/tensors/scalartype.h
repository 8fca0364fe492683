// Between the element types of files and those of LibTorch.
#pragma once

#include "core/model/dtype.h"

#include <c10/core/ScalarType.h>

namespace pare {

c10::ScalarType scalarTypeOf(DType type);

/// Throws Unsupported for complex, quantized and other types that files of ours do not hold.
DType dtypeOf(c10::ScalarType type);

} // namespace pare

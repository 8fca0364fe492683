// What core/network/kernels says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto kernelNeedsMemory = translatable("%1: not enough memory for its kernel");
inline constexpr auto kernelFailed = translatable("%1: the library %2 cannot compute it: %3");
inline constexpr auto kernelNeedsInstructions =
    translatable("%1: the processor has no instructions for %2");
inline constexpr auto unknownKernel = translatable(
    "kernels \"%1\": unknown part \"%2\", expected linear=onednn|aten, gemm=onednn|aten, "
    "attention=tiled|aten, bfloat16=onednn|float32, int8=onednn|float32, "
    "training=float32|bfloat16 or bfloat16gemm=onednn|tiles, separated by commas");

} // namespace pare::messages

// Products of plain row-major matrices: training's three, and inference with weights as they are.
#pragma once

#include "core/network/kernels/kernelchoice.h"

#include <cstdint>

namespace pare {

enum class Transposition { None, Transposed };
enum class Store { Replace, Add };

struct GemmArguments
{
    const float *a = nullptr; ///< op(A) [m, k]: A is [m, k], or [k, m] if transposed
    const float *b = nullptr; ///< op(B) [k, n]: B is [k, n], or [n, k] if transposed
    float *c = nullptr;       ///< [m, n], apart from A and B
    std::int64_t m = 0;
    std::int64_t n = 0;
    std::int64_t k = 0;
    Transposition transpositionA = Transposition::None;
    Transposition transpositionB = Transposition::None;
    Store store = Store::Replace; ///< C = op(A) op(B) or C += op(A) op(B)
    const float *bias = nullptr;  ///< [n], added to every row; or null
    std::int64_t strideA = 0;     ///< floats between the rows of A as stored; 0: contiguous
    std::int64_t strideB = 0;
    std::int64_t strideC = 0;
};

/// With kernelThreads() threads; thread-safe. k = 0 gives zeros (or leaves C, if added to). Throws
/// Error (NotEnoughMemory, Unsupported).
void gemm(KernelKind kind, const GemmArguments &arguments);

/// With kernelChoice().gemm.
void gemm(const GemmArguments &arguments);

} // namespace pare

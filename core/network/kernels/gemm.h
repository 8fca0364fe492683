// Products of plain row-major matrices: training's three, and inference with weights as they are.
#pragma once

#include "core/network/kernels/kernelchoice.h"

#include <cstdint>

namespace pare {

enum class Transposition { None, Transposed };
enum class Store { Replace, Add };

template <class Value>
struct GemmArgumentsOf
{
    const Value *a = nullptr; ///< op(A) [m, k]: A is [m, k], or [k, m] if transposed
    const Value *b = nullptr; ///< op(B) [k, n]: B is [k, n], or [n, k] if transposed
    float *c = nullptr;       ///< [m, n], apart from A and B
    std::int64_t m = 0;
    std::int64_t n = 0;
    std::int64_t k = 0;
    Transposition transpositionA = Transposition::None;
    Transposition transpositionB = Transposition::None;
    Store store = Store::Replace; ///< C = op(A) op(B) or C += op(A) op(B)
    const float *bias = nullptr;  ///< [n], added to every row; or null
    std::int64_t strideA = 0;     ///< values between the rows of A as stored; 0: contiguous
    std::int64_t strideB = 0;
    std::int64_t strideC = 0;
};

using GemmArguments = GemmArgumentsOf<float>;

/// A and B in bfloat16, the upper halves of float32; sums, bias and C are float32.
using BFloat16GemmArguments = GemmArgumentsOf<std::uint16_t>;

/// With kernelThreads() threads; thread-safe. k = 0 gives zeros (or leaves C, if added to). Throws
/// Error (NotEnoughMemory, Unsupported).
void gemm(KernelKind kind, const GemmArguments &arguments);

/// With kernelChoice().gemm.
void gemm(const GemmArguments &arguments);

/// As above; Unsupported also where the processor has no instructions for bfloat16.
void gemm(const BFloat16GemmArguments &arguments);

/// values [count] rounded to bfloat16 (half to even), with kernelThreads() threads.
void roundToBFloat16(const float *values, std::uint16_t *halves, std::int64_t count);

/// A and B rounded to bfloat16 (half to even), sums and C in float32. Throws as gemm() in bfloat16;
/// BFloat16Gemm::Tiles is for hasTileRegisters() alone.
void gemmInBFloat16(BFloat16Gemm kind, const GemmArguments &arguments);

/// Whether gemm() can multiply in bfloat16 here.
bool multipliesBFloat16();

/// Whether training multiplies with tileproduct.h: as kernelChoice() says, if that can run here.
bool trainsWithTiles();

/// What training multiplies in where nobody says: as kernelChoice() says, if that can run here.
TrainingPrecision fastestTrainingPrecision();

} // namespace pare

#include "core/network/kernels/gemm.h"

#include "core/base/error.h"
#include "core/network/kernels/aten.h"
#include "core/network/kernels/messages.h"
#include "core/network/kernels/onednn.h"
#include "core/network/kernels/vectorcode.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace pare {

namespace {

// Values below which one thread is done before a second has started.
constexpr std::int64_t smallestParallelWork = 16'384;
constexpr std::int64_t piece = 4096;

/// Rows `stride` apart, rounded, become contiguous.
std::vector<std::uint16_t> rounded(const float *values, std::int64_t rows, std::int64_t width,
                                   std::int64_t stride)
{
    std::vector<std::uint16_t> result(static_cast<std::size_t>(rows * width));
    const VectorCode &code = vectorCode();
#pragma omp parallel for schedule(static) if (rows * width > smallestParallelWork)
    for (std::int64_t row = 0; row < rows; ++row)
        code.roundRow(values + row * (stride ? stride : width), nullptr, width,
                      result.data() + row * width);
    return result;
}

} // namespace

void gemm(KernelKind kind, const GemmArguments &arguments)
{
    switch (kind) {
    case KernelKind::OneDnnFloat32:
        return oneDnnGemm(arguments);
    case KernelKind::AtenFloat32:
        return atenGemm(arguments);
    }
}

void gemm(const GemmArguments &arguments)
{
    gemm(kernelChoice().gemm, arguments);
}

void gemm(const BFloat16GemmArguments &arguments)
{
    if (!multipliesBFloat16())
        throw Error(ErrorKind::Unsupported, messages::kernelNeedsInstructions,
                    fmt::format("product [{}, {}] x [{}, {}]", arguments.m, arguments.k,
                                arguments.k, arguments.n),
                    "bfloat16");
    oneDnnGemm(arguments);
}

void roundToBFloat16(const float *values, std::uint16_t *halves, std::int64_t count)
{
    const VectorCode &code = vectorCode();
#pragma omp parallel for schedule(static) if (count > smallestParallelWork)
    for (std::int64_t first = 0; first < count; first += piece)
        code.roundRow(values + first, nullptr, std::min(piece, count - first), halves + first);
}

void gemmInBFloat16(const GemmArguments &x)
{
    const bool transposedA = x.transpositionA == Transposition::Transposed;
    const bool transposedB = x.transpositionB == Transposition::Transposed;
    const auto a =
        transposedA ? rounded(x.a, x.k, x.m, x.strideA) : rounded(x.a, x.m, x.k, x.strideA);
    const auto b =
        transposedB ? rounded(x.b, x.n, x.k, x.strideB) : rounded(x.b, x.k, x.n, x.strideB);
    gemm({.a = a.data(),
          .b = b.data(),
          .c = x.c,
          .m = x.m,
          .n = x.n,
          .k = x.k,
          .transpositionA = x.transpositionA,
          .transpositionB = x.transpositionB,
          .store = x.store,
          .bias = x.bias,
          .strideC = x.strideC});
}

bool multipliesBFloat16()
{
    return oneDnnHasInstructions(Precision::BFloat16);
}

TrainingPrecision fastestTrainingPrecision()
{
    return multipliesBFloat16() ? kernelChoice().training : TrainingPrecision::Float32;
}

} // namespace pare

#include "core/network/kernels/gemm.h"

#include "core/base/error.h"
#include "core/network/kernels/aten.h"
#include "core/network/kernels/messages.h"
#include "core/network/kernels/onednn.h"
#include "core/network/kernels/tileproduct.h"
#include "core/network/kernels/vectorcode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
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

void roundAndMultiply(const GemmArguments &x)
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

struct HalvesDeleter
{
    void operator()(std::uint16_t *halves) const { std::free(halves); }
};

std::unique_ptr<std::uint16_t, HalvesDeleter> packed(TileSide side, const TileSource &source)
{
    const std::int64_t count = packedTiles(source.outer(), source.depths());
    std::unique_ptr<std::uint16_t, HalvesDeleter> halves(static_cast<std::uint16_t *>(
        std::aligned_alloc(64, static_cast<std::size_t>(count) * sizeof(std::uint16_t))));
    if (!halves)
        throw std::bad_alloc();
    packTiles(side, source, halves.get());
    return halves;
}

void multiplyInTiles(const GemmArguments &x)
{
    const auto source = [](const float *const &values, std::int64_t rows, std::int64_t columns,
                           std::int64_t stride, DepthPlace depth) {
        return TileSource{{&values, 1}, rows, columns, stride ? stride : columns, depth};
    };
    const bool transposedA = x.transpositionA == Transposition::Transposed;
    const bool transposedB = x.transpositionB == Transposition::Transposed;
    const auto a = packed(TileSide::Left,
                          transposedA ? source(x.a, x.k, x.m, x.strideA, DepthPlace::AcrossRows)
                                      : source(x.a, x.m, x.k, x.strideA, DepthPlace::AlongRows));
    const auto b = packed(TileSide::Right,
                          transposedB ? source(x.b, x.n, x.k, x.strideB, DepthPlace::AlongRows)
                                      : source(x.b, x.k, x.n, x.strideB, DepthPlace::AcrossRows));
    multiplyTiles({.left = a.get(),
                   .right = b.get(),
                   .c = x.c,
                   .m = x.m,
                   .n = x.n,
                   .k = x.k,
                   .strideC = x.strideC ? x.strideC : x.n,
                   .bias = x.bias,
                   .store = x.store});
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

void gemmInBFloat16(BFloat16Gemm kind, const GemmArguments &arguments)
{
    switch (kind) {
    case BFloat16Gemm::OneDnn:
        return roundAndMultiply(arguments);
    case BFloat16Gemm::Tiles:
        return multiplyInTiles(arguments);
    }
}

bool multipliesBFloat16()
{
    return oneDnnHasInstructions(Precision::BFloat16);
}

bool trainsWithTiles()
{
    return hasTileRegisters() && kernelChoice().bfloat16Gemm == BFloat16Gemm::Tiles;
}

TrainingPrecision fastestTrainingPrecision()
{
    return multipliesBFloat16() ? kernelChoice().training : TrainingPrecision::Float32;
}

} // namespace pare

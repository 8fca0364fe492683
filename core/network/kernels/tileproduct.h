// Products in bfloat16 with the tile registers of AMX, straight from float32: each side is rounded
// while it is laid out for the registers, once for any number of products.
//
// Sums are float32; the order of additions depends on shapes alone, not on threads. Any thread;
// packing and multiplying use kernelThreads() threads.
#pragma once

#include "core/network/kernels/gemm.h"

#include <cstdint>
#include <span>

namespace pare {

/// Whether processor and system let this process use the registers.
bool hasTileRegisters();

/// L [outer, depth] is the left side of L R, R [depth, outer] its right side.
enum class TileSide { Left, Right };

/// How a side is stored: with its depth along its rows, [outer, depth], or across them.
enum class DepthPlace { AlongRows, AcrossRows };

/// A row-major float32 matrix, in parts of the same number of rows one below the other.
struct TileSource
{
    std::span<const float *const> parts;
    std::int64_t rowsOfPart = 0;
    std::int64_t columns = 0;
    std::int64_t stride = 0; ///< values between rows
    DepthPlace depth = DepthPlace::AlongRows;

    std::int64_t rows() const { return rowsOfPart * static_cast<std::int64_t>(parts.size()); }
    std::int64_t outer() const { return depth == DepthPlace::AlongRows ? rows() : columns; }
    std::int64_t depths() const { return depth == DepthPlace::AlongRows ? columns : rows(); }
};

/// Values of a packed side, filled up with zeros to whole tiles.
std::int64_t packedTiles(std::int64_t outer, std::int64_t depth);

/// `to` [packedTiles()], aligned to 64 bytes; values are rounded half to even.
void packTiles(TileSide side, const TileSource &source, std::uint16_t *to);

struct TileProduct
{
    const std::uint16_t *left = nullptr;  ///< packed, [m, k]
    const std::uint16_t *right = nullptr; ///< packed, [k, n]
    float *c = nullptr;                   ///< [m, n]
    std::int64_t m = 0;
    std::int64_t n = 0;
    std::int64_t k = 0;
    std::int64_t strideC = 0;    ///< values between rows of C
    const float *bias = nullptr; ///< [n], added to every row; or null
    Store store = Store::Replace;
};

/// Where hasTileRegisters().
void multiplyTiles(const TileProduct &product);

} // namespace pare

// Between the weights of a matrix and the bytes GGUF holds them in. Free functions; any thread; uses
// LibTorch's threads, with results that do not depend on how many there are.
//
// A block is 32 weights of a row; d and m are in half precision, q are whole numbers:
//
//   Q8_0   d·q        d, then a byte for each q
//   Q4_0   d·(q − 8)  d, then 16 bytes: byte i has q[i] in its lower half, q[i + 16] in the upper
//   Q4_1   d·q + m    d, m, then as Q4_0
//   Q5_0   d·(q − 16) d, then the fifth bits of all q, the first weight's lowest, then as Q4_0
//   Q5_1   d·q + m    d, m, then as Q5_0
#pragma once

#include "core/checkpoint/gguftype.h"
#include "core/weights/factor.h"

#include <ATen/core/Tensor.h>
#include <cstddef>
#include <optional>
#include <span>

namespace pare {

/// A matrix as whole steps of scales, each of which 32 weights of a row share: what a quantized type
/// holds without rounding, if its range of steps is wide enough.
struct GgufGrid
{
    at::Tensor steps;  ///< int16 [out, in]
    at::Tensor scales; ///< float16 [out, in / 32]
};

/// Nothing for factors of another kind: dense ones, codebooks, two planes, an input scale, slots or
/// rows that are no multiple of 32.
std::optional<GgufGrid> gridOf(const Factor &factor);

/// Whether blocks of `type` stand for the same values, bit for bit.
bool holds(GgufType type, const GgufGrid &grid);

/// The bytes of a matrix that `type` holds, uint8 [bytes].
at::Tensor blocksOf(const GgufGrid &grid, GgufType type);

/// The bytes of any values, float32 [out, in] or [width]: the nearest `type` has; of quantized ones
/// d and m come from the range of each block. Throws Unsupported for values that are not finite or
/// beyond half precision, unless `type` is F32 or BF16.
at::Tensor blocksOf(const at::Tensor &values, GgufType type);

/// What bytes stand for, float32 of `shape`. `bytes` is as long as type and shape need.
at::Tensor valuesOf(std::span<const std::byte> bytes, GgufType type,
                    const std::vector<std::int64_t> &shape);

} // namespace pare

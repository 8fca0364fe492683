// Which weights of a pruned matrix are kept, as bytes of a file. Rows and columns are [out, in].
//
//   bitmap    one bit per weight, row by row, least significant bit of a byte first
//   indices   counts:  kept weights of each row, little-endian, in 1, 2 or 4 bytes: the fewest that
//                      hold `in`
//             columns: of all kept weights, ascending in each row, ceil(log2(in)) bits each
//                      (bitpacking.h)
//
// Both lengths follow from the shape and the number of kept weights alone.
#pragma once

#include "core/weights/codec.h"
#include "core/weights/factor.h"

#include <ATen/core/Tensor.h>
#include <cstdint>

namespace pare {

struct MatrixSize
{
    std::int64_t rows = 0;
    std::int64_t columns = 0;

    std::int64_t count() const { return rows * columns; }
};

/// [width] counts as one row.
MatrixSize matrixSize(std::span<const std::int64_t> shape);

std::int64_t countsBytes(MatrixSize size);
std::int64_t columnsBytes(MatrixSize size, std::int64_t kept);

/// Bytes of the mask alone; 0 for None and Dense.
std::int64_t maskBytes(MaskEncoding encoding, MatrixSize size, std::int64_t kept);

/// The encoding whose mask and values take the fewest bytes; Dense before Bitmap before Indices
/// where equal. Dense is not open to codecs without a code for zero (codebook, binary).
MaskEncoding smallestEncoding(MatrixSize size, std::int64_t kept, const Codec &codec);

/// uint8 tensors as above, of a bool mask [rows, columns].
at::Tensor bitmapOf(const at::Tensor &mask);
at::Tensor countsOf(const at::Tensor &mask);
at::Tensor columnsOf(const at::Tensor &mask, std::int64_t kept);

/// The bool masks [rows, columns] they stand for. `name` is the tensor to blame; throws
/// InvalidFile.
at::Tensor maskFromBitmap(const at::Tensor &bitmap, MatrixSize size, const std::string &name,
                          const std::string &origin);
at::Tensor maskFromIndices(const at::Tensor &counts, const at::Tensor &columns, MatrixSize size,
                           const std::string &prefix, const std::string &origin);
/// The sum of `counts`; throws InvalidFile where a row keeps more than it has.
std::int64_t keptOf(const at::Tensor &counts, MatrixSize size, const std::string &name,
                    const std::string &origin);

} // namespace pare

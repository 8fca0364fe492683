#include "core/weights/masks.h"

#include "core/base/error.h"
#include "core/weights/bitpacking.h"
#include "core/weights/messages.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <array>
#include <bit>
#include <cstring>

namespace pare {

namespace {

int countBytes(std::int64_t columns)
{
    return columns <= 0xff ? 1 : columns <= 0xffff ? 2 : 4;
}

int columnBits(std::int64_t columns)
{
    return columns <= 1 ? 0 : std::bit_width(static_cast<std::uint64_t>(columns - 1));
}

at::Tensor bytesTensor(std::int64_t count)
{
    return at::zeros({count}, at::kByte);
}

std::span<std::uint8_t> spanOf(const at::Tensor &bytes)
{
    return {bytes.data_ptr<std::uint8_t>(), static_cast<std::size_t>(bytes.numel())};
}

std::int64_t countAt(const at::Tensor &counts, std::int64_t row, int width)
{
    std::uint32_t count = 0;
    std::memcpy(&count, counts.data_ptr<std::uint8_t>() + row * width,
                static_cast<std::size_t>(width));
    return count;
}

} // namespace

MatrixSize matrixSize(std::span<const std::int64_t> shape)
{
    return shape.size() == 1 ? MatrixSize{1, shape[0]} : MatrixSize{shape[0], shape[1]};
}

std::int64_t countsBytes(MatrixSize size)
{
    return size.rows * countBytes(size.columns);
}

std::int64_t columnsBytes(MatrixSize size, std::int64_t kept)
{
    return packedBytes(kept, columnBits(size.columns));
}

std::int64_t maskBytes(MaskEncoding encoding, MatrixSize size, std::int64_t kept)
{
    switch (encoding) {
    case MaskEncoding::None:
    case MaskEncoding::Dense:
        return 0;
    case MaskEncoding::Bitmap:
        return packedBytes(size.count(), 1);
    case MaskEncoding::Indices:
        return countsBytes(size) + columnsBytes(size, kept);
    }
    return 0;
}

MaskEncoding smallestEncoding(MatrixSize size, std::int64_t kept, const Codec &codec)
{
    const std::int64_t keptBytes = packedBytes(kept, codeBits(codec));
    const std::int64_t bitmap = maskBytes(MaskEncoding::Bitmap, size, kept) + keptBytes;
    const std::int64_t indices = maskBytes(MaskEncoding::Indices, size, kept) + keptBytes;
    const std::int64_t dense = packedBytes(size.count(), codeBits(codec));
    const bool hasZero =
        codec.isDense() || codec.kind == CodecKind::Affine || codec.kind == CodecKind::Ternary;
    if (hasZero && dense <= std::min(bitmap, indices))
        return MaskEncoding::Dense;
    return bitmap <= indices ? MaskEncoding::Bitmap : MaskEncoding::Indices;
}

at::Tensor bitmapOf(const at::Tensor &mask)
{
    at::Tensor bitmap = bytesTensor(packedBytes(mask.numel(), 1));
    // A bool of LibTorch is a byte of 0 or 1.
    packBits({reinterpret_cast<const std::uint8_t *>(mask.data_ptr<bool>()),
              static_cast<std::size_t>(mask.numel())},
             1, spanOf(bitmap));
    return bitmap;
}

at::Tensor countsOf(const at::Tensor &mask)
{
    const MatrixSize size = matrixSize(mask.sizes());
    const int width = countBytes(size.columns);
    at::Tensor counts = bytesTensor(countsBytes(size));
    const bool *kept = mask.data_ptr<bool>();
    for (std::int64_t row = 0; row < size.rows; ++row) {
        std::uint32_t count = 0;
        for (std::int64_t column = 0; column < size.columns; ++column)
            count += kept[row * size.columns + column];
        std::memcpy(counts.data_ptr<std::uint8_t>() + row * width, &count,
                    static_cast<std::size_t>(width));
    }
    return counts;
}

at::Tensor columnsOf(const at::Tensor &mask, std::int64_t kept)
{
    const MatrixSize size = matrixSize(mask.sizes());
    const int bits = columnBits(size.columns);
    at::Tensor columns = bytesTensor(columnsBytes(size, kept));
    BitWriter writer(spanOf(columns));
    const bool *keeps = mask.data_ptr<bool>();
    for (std::int64_t row = 0; row < size.rows; ++row)
        for (std::int64_t column = 0; column < size.columns; ++column)
            if (keeps[row * size.columns + column])
                writer.put(static_cast<std::uint32_t>(column), bits);
    writer.finish();
    return columns;
}

at::Tensor maskFromBitmap(const at::Tensor &bitmap, MatrixSize size, const std::string &name,
                          const std::string &origin)
{
    const std::span<std::uint8_t> bytes = spanOf(bitmap);
    if (size.count() % 8 != 0 && (bytes.back() >> (size.count() % 8)) != 0)
        throw Error(ErrorKind::InvalidFile, messages::packingTail, origin, name);
    at::Tensor mask = at::empty({size.rows, size.columns}, at::kBool);
    unpackBits(bytes, 1,
               {reinterpret_cast<std::uint8_t *>(mask.data_ptr<bool>()),
                static_cast<std::size_t>(size.count())});
    return mask;
}

std::int64_t keptOf(const at::Tensor &counts, MatrixSize size, const std::string &name,
                    const std::string &origin)
{
    const int width = countBytes(size.columns);
    std::int64_t kept = 0;
    for (std::int64_t row = 0; row < size.rows; ++row) {
        const std::int64_t count = countAt(counts, row, width);
        if (count > size.columns)
            throw Error(ErrorKind::InvalidFile, messages::packingCount, origin, name, row, count,
                        size.columns);
        kept += count;
    }
    return kept;
}

at::Tensor maskFromIndices(const at::Tensor &counts, const at::Tensor &columns, MatrixSize size,
                           const std::string &prefix, const std::string &origin)
{
    const int width = countBytes(size.columns);
    const int bits = columnBits(size.columns);
    at::Tensor mask = at::zeros({size.rows, size.columns}, at::kBool);
    bool *keeps = mask.data_ptr<bool>();
    BitReader reader(spanOf(columns));
    std::int64_t kept = 0;
    for (std::int64_t row = 0; row < size.rows; ++row) {
        std::int64_t least = 0;
        const std::int64_t count = countAt(counts, row, width);
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t column = reader.get(bits);
            if (column < least || column >= size.columns)
                throw Error(ErrorKind::InvalidFile, messages::packingColumn, origin,
                            prefix + ".columns", column, row, size.columns);
            keeps[row * size.columns + column] = true;
            least = column + 1;
        }
        kept += count;
    }
    const std::int64_t used = kept * bits % 8;
    if (used != 0 && (spanOf(columns).back() >> used) != 0)
        throw Error(ErrorKind::InvalidFile, messages::packingTail, origin, prefix + ".columns");
    return mask;
}

} // namespace pare

// What stands before the tensors of a GGUF file, written and read. Values; any thread.
//
//   4 bytes   "GGUF"
//   u32       version, 3 (2 has the same form and is read)
//   u64       number of tensors
//   u64       number of keys
//   keys      text, u32 type, value; an array is u32 type, u64 count, values
//   tensors   text, u32 dimensions, u64 of each (the last of a shape first), u32 type, u64 offset
//   padding   zeros up to a multiple of the alignment, from where offsets count
//
// A text is its length, u64, and its bytes. All numbers are little-endian. Each tensor begins at a
// multiple of the alignment: 32, or what the key `general.alignment` says.
#pragma once

#include "core/checkpoint/gguftype.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace pare {

/// Written as: bool, uint32, float32, text, and arrays of texts, int32 and float32. Read from every
/// width: whole numbers as int64 (uint64 beyond it is refused), reals as double, bools in an array as
/// whole numbers.
using GgufValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>,
                               std::vector<std::int64_t>, std::vector<double>>;

struct GgufTensor
{
    std::string name;
    GgufType type = GgufType::F32;
    std::vector<std::int64_t> shape; ///< as elsewhere in Pare: [out, in], rows contiguous
    std::uint64_t offset = 0;        ///< bytes from the start of the data

    std::int64_t count() const;
    std::uint64_t bytes() const;
    bool operator==(const GgufTensor &) const = default;
};

struct GgufHeader
{
    std::vector<std::pair<std::string, GgufValue>> metadata;
    std::vector<GgufTensor> tensors;
    std::uint64_t dataBegin = 0; ///< bytes from the start of the file

    const GgufValue *find(std::string_view key) const;
};

inline constexpr std::uint64_t ggufAlignment = 32;

constexpr std::uint64_t aligned(std::uint64_t offset, std::uint64_t alignment = ggufAlignment)
{
    return (offset + alignment - 1) / alignment * alignment;
}

/// Sets the offsets of the tensors one after the other, and `dataBegin`. Returns the first bytes of
/// the file, padding included.
std::string ggufHeaderText(GgufHeader &header);

/// Checks every count, length and offset against the length of the file before anything is taken
/// from it. `origin` (a path) opens the messages. Throws InvalidFile; Unsupported for another
/// version or byte order, and for tensor types that Pare does not read.
GgufHeader parsedGgufHeader(std::span<const std::byte> file, const std::string &origin);

} // namespace pare

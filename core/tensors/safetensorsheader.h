// The header of a safetensors file: what it says about tensors and metadata, checked. Values; any
// thread.
//
//   8 bytes   N, length of the header, unsigned, little-endian; at most 100 MB
//   N bytes   JSON in UTF-8, begins with "{", may be padded with spaces at its end:
//             {"__metadata__": {text: text, …}, name: {"dtype": "F32", "shape": [2, 3],
//              "data_offsets": [begin, end]}, …}   offsets count from the end of the header
//   the rest  the tensors, little-endian, row by row, from the first to the last byte without gap
//   or overlap
#pragma once

#include "core/model/dtype.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

struct SafetensorsEntry
{
    std::string name;
    DType dtype = DType::Float32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0; ///< bytes from the start of the data section
    std::uint64_t end = 0;

    std::uint64_t bytes() const { return end - begin; }
    bool operator==(const SafetensorsEntry &) const = default;
};

using SafetensorsMetadata = std::map<std::string, std::string>;

struct SafetensorsHeader
{
    std::vector<SafetensorsEntry> tensors; ///< by offset
    SafetensorsMetadata metadata;
};

/// The limit the format itself sets.
inline constexpr std::uint64_t safetensorsHeaderLimit = 100'000'000;

/// Reads the N bytes of a header and checks every rule above against the length of the data
/// section. Takes no more memory than the text is long, plus a fixed amount. `origin` (a path)
/// opens the messages. Throws InvalidFile; Unsupported for dtypes of the format that Pare does not
/// read.
SafetensorsHeader parsedSafetensorsHeader(std::string_view text, std::uint64_t dataBytes,
                                          const std::string &origin);

/// "[768, 3072]"
std::string shapeText(const std::vector<std::int64_t> &shape);

} // namespace pare

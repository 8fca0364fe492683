// The element types of GGUF tensors that Pare writes and reads. A table; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pare {

/// The numbers are those of the format. Quantized types hold blocks of 32 weights of a row.
enum class GgufType : std::uint32_t {
    F32 = 0,
    F16 = 1,
    Q4_0 = 2, ///< d·q, q in −8…7
    Q4_1 = 3, ///< d·q + m, q in 0…15
    Q5_0 = 6, ///< d·q, q in −16…15
    Q5_1 = 7, ///< d·q + m, q in 0…31
    Q8_0 = 8, ///< d·q, q in −128…127
    BF16 = 30,
};

/// Weights in a block of the quantized types.
inline constexpr std::int64_t ggufBlock = 32;

struct GgufTypeTraits
{
    GgufType type = GgufType::F32;
    std::string_view name;
    std::int64_t blockBytes = 0; ///< of ggufBlock weights
    std::uint32_t fileType = 0;  ///< what `general.file_type` calls a file mostly of this type

    bool isQuantized() const;
};

const GgufTypeTraits &traitsOf(GgufType type);
/// All of them, those that take the fewest bytes first.
std::span<const GgufTypeTraits> ggufTypes();

std::optional<GgufType> ggufTypeFromNumber(std::uint32_t number);
/// "Q8_0", "f16": upper or lower case.
std::optional<GgufType> ggufTypeFromName(std::string_view name);
/// "Q4_0, Q4_1, …": all of them, for people.
std::string ggufTypeNames();

/// Bytes of `rows` rows of `columns` weights. Quantized types: `columns` is a multiple of a block.
std::int64_t ggufBytes(GgufType type, std::int64_t rows, std::int64_t columns);

} // namespace pare

#include "core/checkpoint/gguftype.h"

#include <algorithm>
#include <array>

namespace pare {

namespace {

constexpr std::array types{
    GgufTypeTraits{GgufType::Q4_0, "Q4_0", 2 + 16, 2},
    GgufTypeTraits{GgufType::Q4_1, "Q4_1", 2 + 2 + 16, 3},
    GgufTypeTraits{GgufType::Q5_0, "Q5_0", 2 + 4 + 16, 8},
    GgufTypeTraits{GgufType::Q5_1, "Q5_1", 2 + 2 + 4 + 16, 9},
    GgufTypeTraits{GgufType::Q8_0, "Q8_0", 2 + 32, 7},
    GgufTypeTraits{GgufType::F16, "F16", 2 * ggufBlock, 1},
    GgufTypeTraits{GgufType::BF16, "BF16", 2 * ggufBlock, 32},
    GgufTypeTraits{GgufType::F32, "F32", 4 * ggufBlock, 0},
};

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

} // namespace

bool GgufTypeTraits::isQuantized() const
{
    return type != GgufType::F32 && type != GgufType::F16 && type != GgufType::BF16;
}

const GgufTypeTraits &traitsOf(GgufType type)
{
    return *std::ranges::find(types, type, &GgufTypeTraits::type);
}

std::span<const GgufTypeTraits> ggufTypes()
{
    return types;
}

std::optional<GgufType> ggufTypeFromNumber(std::uint32_t number)
{
    const auto found =
        std::ranges::find(types, static_cast<GgufType>(number), &GgufTypeTraits::type);
    return found == types.end() ? std::nullopt : std::optional(found->type);
}

std::optional<GgufType> ggufTypeFromName(std::string_view name)
{
    const auto found = std::ranges::find_if(types, [name](const GgufTypeTraits &traits) {
        return std::ranges::equal(traits.name, name, {}, upper, upper);
    });
    return found == types.end() ? std::nullopt : std::optional(found->type);
}

std::string ggufTypeNames()
{
    std::string names;
    for (const GgufTypeTraits &traits : types)
        names += (names.empty() ? "" : ", ") + std::string(traits.name);
    return names;
}

std::int64_t ggufBytes(GgufType type, std::int64_t rows, std::int64_t columns)
{
    return rows * columns * traitsOf(type).blockBytes / ggufBlock;
}

} // namespace pare

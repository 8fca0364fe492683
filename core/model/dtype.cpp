#include "core/model/dtype.h"

#include <algorithm>
#include <array>

namespace pare {

namespace {

struct Row
{
    DType type;
    std::int64_t size;
    std::string_view name;
    std::string_view safetensors;
};

constexpr std::array rows{
    Row{DType::Bool, 1, "bool", "BOOL"},      Row{DType::UInt8, 1, "uint8", "U8"},
    Row{DType::Int8, 1, "int8", "I8"},        Row{DType::Int16, 2, "int16", "I16"},
    Row{DType::Int32, 4, "int32", "I32"},     Row{DType::Int64, 8, "int64", "I64"},
    Row{DType::Float16, 2, "float16", "F16"}, Row{DType::BFloat16, 2, "bfloat16", "BF16"},
    Row{DType::Float32, 4, "float32", "F32"}, Row{DType::Float64, 8, "float64", "F64"},
};

const Row &row(DType type)
{
    return rows[static_cast<std::size_t>(type)];
}

} // namespace

std::int64_t sizeOf(DType type)
{
    return row(type).size;
}

std::string_view nameOf(DType type)
{
    return row(type).name;
}

std::string_view safetensorsName(DType type)
{
    return row(type).safetensors;
}

std::optional<DType> dtypeFromSafetensors(std::string_view name)
{
    const auto found = std::ranges::find(rows, name, &Row::safetensors);
    return found == rows.end() ? std::nullopt : std::optional(found->type);
}

bool isFloating(DType type)
{
    return type >= DType::Float16;
}

} // namespace pare

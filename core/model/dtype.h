// The element types a checkpoint can hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pare {

enum class DType {
    Bool,
    UInt8,
    Int8,
    Int16,
    Int32,
    Int64,
    Float16,
    BFloat16,
    Float32,
    Float64,
};

/// Bytes of one element.
std::int64_t sizeOf(DType type);

/// "float32", "bfloat16", …: how people and JSON say it.
std::string_view nameOf(DType type);

/// "F32", "BF16", …: how safetensors says it.
std::string_view safetensorsName(DType type);
std::optional<DType> dtypeFromSafetensors(std::string_view name);

bool isFloating(DType type);

} // namespace pare

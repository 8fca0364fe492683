#include "core/tensors/scalartype.h"

#include "core/base/error.h"
#include "core/tensors/messages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pare {

namespace {

constexpr std::array pairs{
    std::pair{DType::Bool, c10::ScalarType::Bool},
    std::pair{DType::UInt8, c10::ScalarType::Byte},
    std::pair{DType::Int8, c10::ScalarType::Char},
    std::pair{DType::Int16, c10::ScalarType::Short},
    std::pair{DType::Int32, c10::ScalarType::Int},
    std::pair{DType::Int64, c10::ScalarType::Long},
    std::pair{DType::Float16, c10::ScalarType::Half},
    std::pair{DType::BFloat16, c10::ScalarType::BFloat16},
    std::pair{DType::Float32, c10::ScalarType::Float},
    std::pair{DType::Float64, c10::ScalarType::Double},
};

} // namespace

c10::ScalarType scalarTypeOf(DType type)
{
    return pairs[static_cast<std::size_t>(type)].second;
}

DType dtypeOf(c10::ScalarType type)
{
    const auto found = std::ranges::find(pairs, type, [](const auto &pair) { return pair.second; });
    if (found == pairs.end())
        throw Error(ErrorKind::Unsupported, messages::scalarTypeUnsupported, c10::toString(type));
    return found->first;
}

} // namespace pare

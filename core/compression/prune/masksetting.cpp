#include "core/compression/prune/masksetting.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>

namespace pare {

std::int64_t removedCount(double sparsity, std::int64_t count)
{
    return std::clamp<std::int64_t>(std::llround(sparsity * static_cast<double>(count)), 0, count);
}

std::int64_t keptCount(const MaskSetting &setting, std::span<const std::int64_t> shape)
{
    assert(setting.scope != MaskScope::Global && !shape.empty());
    const std::int64_t count =
        std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    const std::int64_t width = shape.back();
    const std::int64_t rows = width > 0 ? count / width : 0;
    switch (setting.scope) {
    case MaskScope::Row:
        return rows * (width - removedCount(setting.sparsity, width));
    case MaskScope::Pattern:
        return rows *
               (width / setting.of * setting.kept + std::min(setting.kept, width % setting.of));
    case MaskScope::Matrix:
    case MaskScope::Global:
        break;
    }
    return count - removedCount(setting.sparsity, count);
}

} // namespace pare

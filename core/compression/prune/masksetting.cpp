#include "core/compression/prune/masksetting.h"

#include "core/base/numbers.h"
#include "core/compression/messages.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

/// "2:4", "16x8": of a checked setting.
std::pair<std::int64_t, std::int64_t> twoNumbers(std::string_view text, char separator)
{
    const std::size_t middle = text.find(separator);
    return {parseInteger(text.substr(0, middle)).value(),
            parseInteger(text.substr(middle + 1)).value()};
}

/// Rows and width; what has one axis is one row.
std::pair<std::int64_t, std::int64_t> rowsAndWidth(std::span<const std::int64_t> shape)
{
    assert(!shape.empty());
    const std::int64_t rows =
        std::accumulate(shape.begin(), shape.end() - 1, std::int64_t{1}, std::multiplies<>());
    return {rows, shape.back()};
}

} // namespace

std::pair<std::int64_t, std::int64_t> blockShape(const Step &step, std::string_view setting)
{
    return twoNumbers(step.choice(setting), 'x');
}

MaskSetting maskSetting(const Step &step, int pool)
{
    MaskSetting setting;
    if (step.has("pattern")) {
        setting.scope = MaskScope::Pattern;
        std::tie(setting.kept, setting.of) = twoNumbers(step.choice("pattern"), ':');
        return setting;
    }
    if (!step.has("sparsity")) {
        setting.scope = MaskScope::Learned;
        return setting;
    }
    setting.sparsity = step.real("sparsity");
    if (step.has("block"))
        std::tie(setting.blockRows, setting.blockColumns) = blockShape(step, "block");
    const std::string_view scope = step.has("scope") ? step.choice("scope") : "matrix";
    if (scope == "row")
        setting.scope = MaskScope::Row;
    if (scope == "global") {
        setting.scope = MaskScope::Global;
        setting.pool = pool;
    }
    return setting;
}

std::optional<Message> maskRefusal(const MaskSetting &setting, std::span<const std::int64_t> shape,
                                   std::string_view technique, std::string_view layer)
{
    const auto [rows, width] = rowsAndWidth(shape);
    if (rows % setting.blockRows == 0 && width % setting.blockColumns == 0)
        return std::nullopt;
    return message(messages::blockDoesNotFit, technique,
                   fmt::format("{}x{}", setting.blockRows, setting.blockColumns),
                   fmt::format("[{}]", fmt::join(shape, ", ")), layer);
}

std::int64_t removedCount(double sparsity, std::int64_t count)
{
    return std::clamp<std::int64_t>(std::llround(sparsity * static_cast<double>(count)), 0, count);
}

std::int64_t keptTogether(const MaskSetting &setting, std::int64_t count)
{
    assert(count % setting.blockSize() == 0);
    return count -
           removedCount(setting.sparsity, count / setting.blockSize()) * setting.blockSize();
}

std::int64_t keptCount(const MaskSetting &setting, std::span<const std::int64_t> shape)
{
    assert(setting.scope != MaskScope::Global && setting.scope != MaskScope::Learned);
    const auto [rows, width] = rowsAndWidth(shape);
    switch (setting.scope) {
    case MaskScope::Row:
        assert(width % setting.blockColumns == 0);
        return rows * (width - removedCount(setting.sparsity, width / setting.blockColumns) *
                                   setting.blockColumns);
    case MaskScope::Pattern:
        return rows *
               (width / setting.of * setting.kept + std::min(setting.kept, width % setting.of));
    case MaskScope::Matrix:
    case MaskScope::Global:
    case MaskScope::Learned:
        break;
    }
    return keptTogether(setting, rows * width);
}

} // namespace pare

#include "core/search/leastbytes.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/compression/plannedsize.h"
#include "core/search/budget.h"
#include "core/search/messages.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace pare {

namespace {

bool isLocked(const Recipe &recipe, const std::vector<std::string> &locked)
{
    return std::ranges::find(locked, recipe.steps.back().layers) != locked.end();
}

/// Of all layers; what is not known beforehand is nothing.
std::int64_t bytesOf(const Recipe &recipe, const ModelDescription &model)
{
    std::int64_t bytes = 0;
    for (const PlannedLayerSize &layer : plannedSize(plan(recipe, model)).layers)
        bytes += layer.bytes.value_or(0);
    return bytes;
}

} // namespace

std::int64_t leastBytes(const std::vector<Recipe> &recipes, const std::vector<std::string> &locked,
                        const ModelDescription &model)
{
    const std::int64_t whole = bytesOf({}, model);
    std::map<std::string, std::int64_t> saved;
    for (const Recipe &recipe : recipes) {
        if (isLocked(recipe, locked))
            continue;
        std::int64_t &most = saved[recipe.steps.back().layers];
        most = std::max(most, whole - bytesOf(recipe, model));
    }
    std::int64_t least = whole;
    for (const auto &[place, bytes] : saved)
        least -= bytes;
    return std::max<std::int64_t>(least, 0);
}

void refuseUnreachable(const BudgetTarget &target, const std::vector<Recipe> &recipes,
                       const std::vector<std::string> &locked, const ModelDescription &model)
{
    const auto locks = [&](const Recipe &recipe) { return isLocked(recipe, locked); };
    if (target.kind != BudgetKind::Bytes || std::ranges::all_of(recipes, locks))
        return; // a search with nothing to choose says so itself
    const std::int64_t least = leastBytes(recipes, locked, model);
    if (std::floor(target.limit) < static_cast<double>(least))
        throw Error(ErrorKind::InvalidSetting, messages::budgetBelowWeights,
                    formatBytes(std::llround(target.limit)), formatBytes(least));
}

} // namespace pare

#include "core/model/recipechanges.h"

#include <algorithm>

namespace pare {

namespace {

bool belongTogether(const Step &one, const Step &other)
{
    return one.technique == other.technique && one.layers == other.layers;
}

} // namespace

std::vector<std::string> StepChange::settings() const
{
    std::vector<std::string> names;
    if (!before || !after)
        return names;
    for (const auto &[name, value] : before->settings) {
        const auto other = after->settings.find(name);
        if (other == after->settings.end() || other->second != value)
            names.push_back(name);
    }
    for (const auto &[name, value] : after->settings) {
        if (!before->settings.contains(name))
            names.push_back(name);
    }
    return names;
}

std::vector<StepChange> changesBetween(const Recipe &before, const Recipe &after)
{
    std::vector<StepChange> changes;
    std::vector<Step> rest = after.allSteps();
    std::vector<Step> gone;
    for (const Step &step : before.allSteps()) {
        if (const auto same = std::ranges::find(rest, step); same != rest.end())
            rest.erase(same);
        else
            gone.push_back(step);
    }
    for (const Step &step : gone) {
        const auto other = std::ranges::find_if(
            rest, [&](const Step &candidate) { return belongTogether(step, candidate); });
        if (other == rest.end()) {
            changes.push_back({step, {}});
        } else {
            changes.push_back({step, *other});
            rest.erase(other);
        }
    }
    for (const Step &step : rest)
        changes.push_back({{}, step});
    return changes;
}

Recipe merged(const Recipe &base, const Recipe &over)
{
    Recipe result = base;
    if (base.empty())
        result.name = over.name;
    for (const Step &step : over.steps) {
        // At the end, or a step between them would take from it what it sets of the same layers.
        std::erase_if(result.steps,
                      [&](const Step &candidate) { return belongTogether(step, candidate); });
        result.steps.push_back(step);
    }
    if (over.training)
        result.training = over.training;
    return result;
}

} // namespace pare

#include "core/search/knapsackrelaxation.h"

namespace pare {

KnapsackRelaxation::KnapsackRelaxation(const KnapsackGroups &groups,
                                       const std::vector<bool> &member)
{
    Knot knot;
    for (std::size_t g = 0; g < member.size(); ++g)
        knot.value += member[g] ? groups.groups[g].front().value : 0;
    knots.push_back(knot);
    for (const KnapsackStep &step : groups.steps) {
        if (!member[step.group])
            continue;
        knot.weight += step.weight;
        knot.value -= step.value;
        steps.push_back(step);
        knots.push_back(knot);
    }
}

std::int64_t KnapsackRelaxation::bound(std::int64_t room, std::size_t knot) const
{
    if (knot == lastKnot())
        return knots[knot].value;
    const WideInteger gain =
        static_cast<WideInteger>(steps[knot].value) * (room - knots[knot].weight);
    return knots[knot].value - static_cast<std::int64_t>(gain / steps[knot].weight);
}

bool KnapsackRelaxation::reaches(std::int64_t value, std::int64_t room, std::size_t knot) const
{
    const std::int64_t missing = knots[knot].value - value;
    if (missing <= 0 || knot == lastKnot())
        return missing <= 0;
    return static_cast<WideInteger>(steps[knot].value) * (room - knots[knot].weight) >=
           static_cast<WideInteger>(missing) * steps[knot].weight;
}

} // namespace pare

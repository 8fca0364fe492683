// What some groups of a knapsack problem cost at least, as a function of the room they get.
//
// A value; any thread. Inside core/search: knapsack.h is what others call.
#pragma once

#include "core/search/knapsackgroups.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pare {

/// The linear relaxation, in which a group may mix two corners of its hull: a convex line through
/// knots, each of them the value of a real choice. No choice lies below it (Sinha, Zoltners 1979).
struct KnapsackRelaxation
{
    struct Knot
    {
        std::int64_t weight = 0;
        std::int64_t value = 0;
    };

    /// Of the groups g with `member[g]`.
    KnapsackRelaxation(const KnapsackGroups &groups, const std::vector<bool> &member);

    /// The last knot there is `room` for, searched downwards from `knot`; `room` >= 0.
    std::size_t knotWithin(std::int64_t room, std::size_t knot) const
    {
        while (knots[knot].weight > room)
            --knot;
        return knot;
    }
    std::size_t lastKnot() const { return steps.size(); }

    /// The line's height at `room`, rounded up to a whole number; `knot` is the last within it.
    std::int64_t bound(std::int64_t room, std::size_t knot) const;
    /// bound() <= `value`, without a division.
    bool reaches(std::int64_t value, std::int64_t room, std::size_t knot) const;

    std::vector<KnapsackStep> steps; ///< the steepest first
    std::vector<Knot> knots;         ///< knots[i]: after i steps from the lightest choice
};

} // namespace pare

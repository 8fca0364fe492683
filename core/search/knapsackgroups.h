// A knapsack problem in whole numbers, without what no capacity can make use of.
//
// Values; any thread. Inside core/search: knapsack.h is what others call.
#pragma once

#include "core/search/knapsack.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pare {

/// What another option of the group does not beat in both: from one to the next weights rise and
/// values fall.
struct KnapsackPoint
{
    std::int64_t weight = 0;
    std::int64_t value = 0;
    std::size_t option = 0; ///< its number in the problem
};

/// From one corner of a group's lower convex hull to the next: so much less value for so much more weight.
struct KnapsackStep
{
    std::int64_t weight = 0; ///< > 0
    std::int64_t value = 0;  ///< > 0
    std::size_t group = 0;
    std::size_t point = 0; ///< where it leads
};

/// Weights count from the lightest choice there is and values from the sum of the groups' smallest,
/// both in multiples of their greatest common divisor, so that a bound may be rounded up to the next
/// whole number. Sums of values are below 2^62, of weights at most 2^62.
struct KnapsackGroups
{
    std::vector<std::vector<KnapsackPoint>> groups;
    std::vector<KnapsackStep> steps; ///< of all groups, the most value for its weight first
    std::int64_t options = 0;        ///< before the reduction
    std::int64_t leastWeight = 0;
    std::int64_t weightUnit = 1; ///< weight = leastWeight + weightUnit * whole number
    std::int64_t leastValue =
        0;                      ///< value = (leastValue + valueUnit * whole number) * 2^-valueBits,
    std::int64_t valueUnit = 1; ///< but for half a 2^-valueBits per group
    int valueBits = 0;
};

/// Throws Error (InvalidSetting) on an empty group, a value that is not finite, a negative weight
/// and sums that are too large.
KnapsackGroups knapsackGroups(const KnapsackProblem &problem);

} // namespace pare

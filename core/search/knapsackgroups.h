// A knapsack problem in whole numbers, without what no capacity has a use for.
//
// Values; any thread. Inside core/search: knapsack.h is what others call.
#pragma once

#include "core/search/knapsack.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pare {

/// For products of two sums.
__extension__ using WideInteger = __int128;

/// An option that no other of its group beats: from one point to the next weights rise and values
/// fall.
struct KnapsackPoint
{
    std::int64_t weight = 0;
    std::int64_t value = 0;
    std::size_t option = 0; ///< its number in the problem
};

/// From one corner of a group's lower convex hull to the next: so much less value for so much more
/// weight.
struct KnapsackStep
{
    std::int64_t weight = 0; ///< > 0
    std::int64_t value = 0;  ///< > 0
    std::size_t group = 0;
    std::size_t point = 0; ///< where it leads
};

/// Both weights and values count from their group's least, in multiples of their greatest common
/// divisor, so that a bound may be rounded up to the next whole number. Sums over the groups stay
/// below 2^61 for values, at 2^62 for weights.
struct KnapsackGroups
{
    std::vector<std::vector<KnapsackPoint>> groups;
    std::vector<KnapsackStep> steps; ///< of all groups, the steepest first
    std::int64_t options = 0;        ///< of the problem
    std::int64_t leastWeight = 0;    ///< weight = leastWeight + weightUnit * whole number
    std::int64_t weightUnit = 1;
    std::int64_t leastValue = 0; ///< value = (leastValue + valueUnit * whole number) / 2^valueBits,
    std::int64_t valueUnit = 1;  ///< give or take half a 2^-valueBits per group
    int valueBits = 0;
    std::int64_t tolerance = 0; ///< values this close are the same; 0: nothing was rounded
};

/// Throws Error (InvalidSetting) on an empty group, a value that is not finite, a negative weight
/// and sums that are too large.
KnapsackGroups knapsackGroups(const KnapsackProblem &problem);

} // namespace pare

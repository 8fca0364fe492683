// Which option each group takes, so that the whole costs least and still fits: the multiple-choice
// knapsack problem, solved to proof. A group is a layer, say, its options are ways to compress it,
// the weight is bytes and the value predicted loss; or the other way round.
//
// Free functions without state; any thread. The caller owns everything.
//
// Values are added as whole multiples of one unit, a power of two of at most 2^-59 of the sum of the
// groups' largest magnitudes, hence finer than what adding doubles of that size can tell apart. "Optimal"
// means: in that unit no choice that fits has a smaller sum. Where all values are multiples of the
// unit, as integers and short binary fractions are, nothing is rounded at all; otherwise another
// choice may be better by one unit per group at most. A solution's `value` is the sum of the doubles of
// its choice, from the first group to the last: add them up in this order and compare with ==.
#pragma once

#include "core/base/progress.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pare {

struct KnapsackOption
{
    double value = 0;        ///< what is to be small; finite, any sign
    std::int64_t weight = 0; ///< what is limited; 0 or more
};

/// One option of each group is chosen.
struct KnapsackProblem
{
    std::vector<std::vector<KnapsackOption>> groups;
};

/// When to be content with the best found so far. The states make the same choice on every machine,
/// the time does not; 10 million states take about 80 MB and some seconds.
struct KnapsackLimit
{
    std::int64_t states = 10'000'000; ///< partial choices kept, in each search
    std::chrono::milliseconds time = std::chrono::hours(24); ///< for a whole call
};

struct KnapsackSolution
{
    std::int64_t capacity = 0;
    std::vector<std::size_t> choice; ///< the option of each group; empty if not fits()
    double value = 0;
    std::int64_t weight = 0;
    double bound = 0;             ///< proved: no choice that fits has a smaller value
    std::int64_t leastWeight = 0; ///< of any choice, whether one fits or not
    std::int64_t optionsConsidered = 0;
    std::int64_t states = 0;      ///< partial choices that were kept

    bool fits() const { return leastWeight <= capacity; }
    /// 0: the choice is optimal.
    double gap() const { return value - bound; }
};

/// The best choice whose weights add up to at most `capacity`.
///
/// Options that another one beats in both weight and value are dropped (Sinha, Zoltners 1979), what
/// the linear relaxation over the groups' convex hulls rules out as well. The rest is settled by dynamic
/// programming over the groups, the most doubtful first, as in Pisinger's minimal-core algorithm
/// (1995), with each partial choice bounded by the relaxation of the groups that are still to come.
/// Throws Error (InvalidSetting) on an empty group, a value that is not finite, a negative weight
/// and sums beyond 2^62; Cancelled.
KnapsackSolution solveKnapsack(const KnapsackProblem &problem, std::int64_t capacity,
                               const KnapsackLimit &limit = {},
                               Progress &progress = silentProgress());

/// solveKnapsack() for each of `capacities`, in their order; what can be shared is done once.
std::vector<KnapsackSolution> solveKnapsacks(const KnapsackProblem &problem,
                                             std::span<const std::int64_t> capacities,
                                             const KnapsackLimit &limit = {},
                                             Progress &progress = silentProgress());

/// What each choice is worth: entry g is the best solution in which group g does not take the option
/// that `solution` takes there, so that its choice[g] is the next best, and what else would change
/// with it is told as well. Not fits(): nothing else fits, and leastWeight is what it would take;
/// INT64_MAX if the group has no other option. `solution` must fit.
std::vector<KnapsackSolution> nextBest(const KnapsackProblem &problem,
                                       const KnapsackSolution &solution,
                                       const KnapsackLimit &limit = {},
                                       Progress &progress = silentProgress());

} // namespace pare

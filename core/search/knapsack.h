// Which option each group takes, so that the whole costs least and still fits: the multiple-choice
// knapsack problem, solved to proof. A group is a layer, say, its options are ways to compress it,
// the weight is bytes and the value predicted loss; or the other way round.
//
// Free functions without state; any thread. The caller owns everything.
//
// What "optimal" and a gap of 0 mean: values are added as whole multiples of one unit, at most
// 2^-59 of the sum of the groups' largest magnitudes. If all values are multiples of it, as whole
// numbers and short binary fractions are, nothing is rounded, and no choice that fits has a smaller
// sum. Else none is smaller by more than 2^-52 of that sum and one unit per group, which adding
// doubles could not tell apart either. A solution's `value` is the sum of its choice's doubles from
// the first group to the last: whoever adds them in this order gets it to the last bit.
//
// An option that must not be taken is left out: a huge value in its place would coarsen the unit.
#pragma once

#include "core/base/progress.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
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

/// When to be content with the best found so far and what is proved of it. A limit on states gives
/// the same answer on every machine, one on time does not. 5 million states take about 160 MB and
/// half a second.
struct KnapsackLimit
{
    std::int64_t states = 5'000'000; ///< partial choices kept for one capacity
    std::chrono::milliseconds time = std::chrono::hours(24); ///< of the whole call
};

struct KnapsackSolution
{
    static constexpr std::int64_t noChoice = std::numeric_limits<std::int64_t>::max();

    std::int64_t capacity = 0;
    std::vector<std::size_t> choice; ///< the option of each group; empty if not fits()
    double value = 0;
    std::int64_t weight = 0;
    double bound = 0;             ///< proved: no choice that fits has a smaller value
    std::int64_t leastWeight = 0; ///< of any choice, whether one fits or not; noChoice: none exists
    std::int64_t optionsConsidered = 0;
    std::int64_t optionsLeft = 0; ///< that neither another option nor the bound ruled out
    std::int64_t states = 0;      ///< partial choices kept

    bool fits() const { return leastWeight <= capacity && leastWeight != noChoice; }
    /// 0: the choice is optimal.
    double gap() const { return value - bound; }
};

/// The best choice whose weights add up to at most `capacity`.
///
/// Options which another one beats in weight and value are dropped, and so are those which the
/// linear relaxation over the groups' convex hulls rules out (Sinha, Zoltners 1979). The rest is
/// settled by dynamic programming over the groups, the most doubtful first (Pisinger 1995), on two
/// lists of partial choices that meet in the middle (Horowitz, Sahni 1974), each partial choice
/// bounded by the relaxation of the other groups. Throws Error (InvalidSetting) on an empty group,
/// a value that is not finite, a negative weight and sums beyond 2^62 or the largest double;
/// Cancelled.
KnapsackSolution solveKnapsack(const KnapsackProblem &problem, std::int64_t capacity,
                               const KnapsackLimit &limit = {},
                               Progress &progress = silentProgress());

/// What each choice is worth: entry g is the best solution in which group g does not take the
/// option that `solution` takes there. Its choice[g] is the next best option and its value what the
/// whole would come to, with the other groups free to choose anew. If none fits, its leastWeight is
/// what it would take, or noChoice where the group has no other option. `solution` fits and is of
/// `problem`.
std::vector<KnapsackSolution> nextBest(const KnapsackProblem &problem,
                                       const KnapsackSolution &solution,
                                       const KnapsackLimit &limit = {},
                                       Progress &progress = silentProgress());

} // namespace pare

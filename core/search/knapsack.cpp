#include "core/search/knapsack.h"

#include "core/search/knapsacksearch.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace pare {

namespace {

using Clock = std::chrono::steady_clock;

/// From now on.
KnapsackSearch::Until until(const KnapsackLimit &limit, Progress &progress)
{
    // Further away than a clock can count would be in the past.
    constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 365);
    return {limit.states, Clock::now() + std::min(limit.time, longest), &progress};
}

/// The search's bound as a double that is not above any choice's sum of doubles.
double lowerBound(const KnapsackGroups &groups, const KnapsackSearch &search)
{
    // Adding doubles of magnitudes below 2^60 units may be off by 2^(60 - 53) units each time.
    const auto roundings = static_cast<std::int64_t>(groups.groups.size() + 1) << 7;
    const std::int64_t units = groups.leastValue + groups.valueUnit * search.bound() - roundings;
    return std::ldexp(static_cast<double>(units), -groups.valueBits);
}

KnapsackSolution solve(const KnapsackProblem &problem, const KnapsackGroups &groups,
                       std::int64_t capacity, const KnapsackSearch::Until &until)
{
    KnapsackSolution solution;
    solution.capacity = capacity;
    solution.leastWeight = groups.leastWeight;
    solution.optionsConsidered = groups.options;
    if (!solution.fits())
        return solution;
    KnapsackSearch search(groups, (capacity - groups.leastWeight) / groups.weightUnit, until);
    search.run();
    for (std::size_t g = 0; g < groups.groups.size(); ++g) {
        solution.choice.push_back(groups.groups[g][search.choice()[g]].option);
        solution.value += problem.groups[g][solution.choice[g]].value;
        solution.weight += problem.groups[g][solution.choice[g]].weight;
    }
    solution.bound = search.bound() == search.best()
                         ? solution.value
                         : std::min(solution.value, lowerBound(groups, search));
    solution.optionsLeft = search.pointsLeft();
    solution.states = search.states();
    return solution;
}

} // namespace

KnapsackSolution solveKnapsack(const KnapsackProblem &problem, std::int64_t capacity,
                               const KnapsackLimit &limit, Progress &progress)
{
    return solve(problem, knapsackGroups(problem), capacity, until(limit, progress));
}

std::vector<KnapsackSolution> nextBest(const KnapsackProblem &problem,
                                       const KnapsackSolution &solution, const KnapsackLimit &limit,
                                       Progress &progress)
{
    assert(solution.fits() && solution.choice.size() == problem.groups.size());
    const KnapsackSearch::Until end = until(limit, progress);
    KnapsackProblem other = problem;
    std::vector<KnapsackSolution> next;
    for (std::size_t g = 0; g < problem.groups.size(); ++g) {
        progress.check();
        KnapsackSolution &best = next.emplace_back();
        best.capacity = solution.capacity;
        best.leastWeight = KnapsackSolution::noChoice;
        const std::size_t forbidden = solution.choice[g];
        std::vector<KnapsackOption> &options = other.groups[g];
        options.erase(options.begin() + static_cast<std::ptrdiff_t>(forbidden));
        if (!options.empty())
            best = solve(other, knapsackGroups(other), solution.capacity, end);
        if (best.fits() && best.choice[g] >= forbidden)
            ++best.choice[g]; // as it is numbered in the whole problem
        options = problem.groups[g];
    }
    return next;
}

} // namespace pare

#include "core/search/knapsack.h"

#include "core/search/knapsacksearch.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pare {

namespace {

/// A lower bound of the values in doubles: the best value less what is not proved.
double provedBound(const KnapsackSearch &search, const KnapsackGroups &groups, double value)
{
    if (search.bound() == search.best())
        return value;
    const auto unproved = static_cast<double>(search.best() - search.bound());
    return value - std::ldexp(unproved * static_cast<double>(groups.valueUnit), -groups.valueBits);
}

} // namespace

std::vector<KnapsackSolution> solveKnapsacks(const KnapsackProblem &problem,
                                             std::span<const std::int64_t> capacities,
                                             const KnapsackLimit &limit, Progress &progress)
{
    const auto deadline = std::chrono::steady_clock::now() + limit.time;
    const KnapsackGroups groups = knapsackGroups(problem);
    std::vector<KnapsackSolution> solutions;
    for (const std::int64_t capacity : capacities) {
        KnapsackSolution &solution = solutions.emplace_back();
        solution.capacity = capacity;
        solution.leastWeight = groups.leastWeight;
        solution.optionsConsidered = groups.options;
        if (!solution.fits())
            continue;
        KnapsackSearch search(groups, (capacity - groups.leastWeight) / groups.weightUnit,
                              {limit.states, deadline, &progress});
        search.run();
        for (std::size_t g = 0; g < groups.groups.size(); ++g) {
            const std::size_t option = groups.groups[g][search.choice()[g]].option;
            solution.choice.push_back(option);
            solution.value += problem.groups[g][option].value;
            solution.weight += problem.groups[g][option].weight;
        }
        solution.bound = provedBound(search, groups, solution.value);
        solution.states = search.states();
    }
    return solutions;
}

KnapsackSolution solveKnapsack(const KnapsackProblem &problem, std::int64_t capacity,
                               const KnapsackLimit &limit, Progress &progress)
{
    return solveKnapsacks(problem, std::span(&capacity, 1), limit, progress).front();
}

std::vector<KnapsackSolution> nextBest(const KnapsackProblem &problem,
                                       const KnapsackSolution &solution,
                                       const KnapsackLimit &limit, Progress &progress)
{
    std::vector<KnapsackSolution> all;
    for (std::size_t g = 0; g < problem.groups.size(); ++g) {
        KnapsackProblem without = problem;
        auto &options = without.groups[g];
        const std::size_t chosen = solution.choice[g];
        options.erase(options.begin() + static_cast<std::ptrdiff_t>(chosen));
        if (options.empty()) {
            KnapsackSolution &none = all.emplace_back();
            none.capacity = solution.capacity;
            none.leastWeight = std::numeric_limits<std::int64_t>::max();
            continue;
        }
        KnapsackSolution next = solveKnapsack(without, solution.capacity, limit, progress);
        if (next.fits() && next.choice[g] >= chosen)
            ++next.choice[g]; // numbered as in the whole problem
        all.push_back(std::move(next));
    }
    return all;
}

} // namespace pare

#include "core/search/knapsack.h"
#include "core/search/knapsacksearch.h"
#include <cmath>
#include <limits>
namespace pare {
std::vector<KnapsackSolution> solveKnapsacks(const KnapsackProblem &problem,
                                             std::span<const std::int64_t> capacities,
                                             const KnapsackLimit &limit, Progress &progress)
{
    const KnapsackGroups groups = knapsackGroups(problem);
    std::vector<KnapsackSolution> r;
    for (auto c : capacities) {
        KnapsackSolution s;
        s.capacity = c;
        s.leastWeight = groups.leastWeight;
        s.optionsConsidered = groups.options;
        if (s.fits()) {
            KnapsackSearch search(
                groups, (c - groups.leastWeight) / groups.weightUnit,
                {limit.states, std::chrono::steady_clock::now() + limit.time, &progress});
            search.run();
            for (std::size_t g = 0; g < groups.groups.size(); ++g) {
                s.choice.push_back(groups.groups[g][search.choice()[g]].option);
                s.value += problem.groups[g][s.choice[g]].value;
                s.weight += problem.groups[g][s.choice[g]].weight;
            }
            s.bound = search.bound() == search.best()
                          ? s.value
                          : std::min(s.value,
                                     s.value - std::ldexp(double(search.best() - search.bound()) *
                                                              double(groups.valueUnit),
                                                          -groups.valueBits));
            s.states = search.states();
        }
        r.push_back(s);
    }
    return r;
}
KnapsackSolution solveKnapsack(const KnapsackProblem &problem, std::int64_t capacity,
                               const KnapsackLimit &limit, Progress &progress)
{
    return solveKnapsacks(problem, std::span(&capacity, 1), limit, progress)[0];
}
} // namespace pare

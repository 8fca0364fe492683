#include "core/search/knapsack.h"
#include <limits>
namespace pare {
std::vector<KnapsackSolution> nextBest(const KnapsackProblem &problem,
                                       const KnapsackSolution &solution, const KnapsackLimit &limit,
                                       Progress &progress)
{
    std::vector<KnapsackSolution> all;
    for (std::size_t g = 0; g < problem.groups.size(); ++g) {
        KnapsackProblem other = problem;
        auto &options = other.groups[g];
        if (options.size() < 2) {
            KnapsackSolution none;
            none.capacity = solution.capacity;
            none.leastWeight = std::numeric_limits<std::int64_t>::max();
            all.push_back(none);
            continue;
        }
        options.erase(options.begin() + static_cast<std::ptrdiff_t>(solution.choice[g]));
        KnapsackSolution s = solveKnapsack(other, solution.capacity, limit, progress);
        if (s.fits() && s.choice[g] >= solution.choice[g])
            ++s.choice[g];
        all.push_back(s);
    }
    return all;
}
} // namespace pare

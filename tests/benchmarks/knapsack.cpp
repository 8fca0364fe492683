// How long the best choice for a budget takes to be proved: 200 layers of 20 options, at budgets from nearly all
// that can be saved to nearly nothing.
//
//   benchmark_knapsack [GROUPS] [OPTIONS] [INSTANCES]
#include "core/search/knapsack.h"
#include "core/base/random.h"
#include "core/evaluation/statistics.h"

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

using namespace pare;

namespace {

/// As layers are: of very different sizes, losses that fall convexly with bytes, and noise.
KnapsackProblem layersLike(Random &random, std::size_t groups, std::size_t options)
{
    KnapsackProblem problem;
    for (std::size_t g = 0; g < groups; ++g) {
        const double bytes = 1e4 * std::exp(random.uniform() * std::log(1000.0));
        const double sensitivity = std::exp(4 * random.uniform() - 6);
        auto &own = problem.groups.emplace_back();
        for (std::size_t i = 0; i < options; ++i) {
            const double kept = (1 + static_cast<double>(i)) / static_cast<double>(options);
            own.push_back({sensitivity * std::exp(-5 * kept) * (0.8 + 0.4 * random.uniform()),
                           static_cast<std::int64_t>(bytes * kept)});
        }
    }
    return problem;
}

} // namespace

int main(int argc, char **argv)
{
    const auto number = [&](int place, int otherwise) {
        return argc > place ? std::atoi(argv[place]) : otherwise;
    };
    const auto groups = static_cast<std::size_t>(number(1, 200));
    const auto options = static_cast<std::size_t>(number(2, 20));
    const int instances = number(3, 50);
    std::vector<double> times;
    int unproved = 0;
    for (int i = 0; i < instances; ++i) {
        Random random(static_cast<std::uint64_t>(i));
        const KnapsackProblem problem = layersLike(random, groups, options);
        double all = 0;
        for (const auto &group : problem.groups)
            all += static_cast<double>(group.back().weight);
        const double share = 0.1 + 0.8 * random.uniform();
        const auto start = std::chrono::steady_clock::now();
        const KnapsackSolution solution =
            solveKnapsack(problem, static_cast<std::int64_t>(share * all));
        times.push_back(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        unproved += solution.gap() > 0;
    }
    fmt::print("{} groups of {} options, {} instances: median {:.3f} s, 95th percentile {:.3f} s, "
               "slowest {:.3f} s; "
               "{} not proved\n",
               groups, options, instances, percentile(times, 0.5), percentile(times, 0.95),
               percentile(times, 1), unproved);
    return 0;
}

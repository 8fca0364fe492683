// Prints how long the best choice takes to be proved, for kinds of problems from what compressed
// layers look like to what knapsack solvers dread, and what a front of budgets and the next best
// choices take. Processor seconds of one thread.
//   benchmark_knapsack [GROUPS] [OPTIONS] [INSTANCES]     of each kind; 200 20 100
#include "core/search/knapsack.h"
#include "core/base/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

namespace {

using namespace pare;
using Group = std::vector<KnapsackOption>;

std::int64_t below(Random &random, double bound)
{
    return static_cast<std::int64_t>(random.uniform() * bound);
}

/// 10 kB to 10 MB, as from a bias to an embedding.
double layerBytes(Random &random)
{
    return 1e4 * std::exp(random.uniform() * std::log(1000.0));
}

/// Ways to compress one layer of `bytes`: the loss falls convexly with the bytes, but for `noise`.
Group layer(Random &random, std::size_t options, double bytes, double noise)
{
    const double loss = std::exp(4 * random.uniform()) * 1e-3;
    const double decay = 3 + 5 * random.uniform();
    Group group;
    for (std::size_t i = 0; i < options; ++i) {
        const double part = random.uniform();
        const double error = 1 + noise * (2 * random.uniform() - 1);
        group.push_back(
            {loss * std::exp(-decay * part) * error, static_cast<std::int64_t>(bytes * part)});
    }
    return group;
}

/// Whole bit widths of one of four sizes.
Group bitWidths(Random &random, std::size_t options)
{
    const std::int64_t bytes = 768 * 768 / 8 * static_cast<std::int64_t>(1 + random.below(4));
    Group group = layer(random, options, 1, 0.1);
    for (KnapsackOption &option : group)
        option.weight = bytes * static_cast<std::int64_t>(1 + random.below(8));
    return group;
}

/// Answers out of 872 that change: many ties.
Group answers(Random &random, std::size_t options)
{
    Group group = layer(random, options, layerBytes(random), 0.3);
    for (KnapsackOption &option : group)
        option.value = std::round(option.value * 872);
    return group;
}

/// The fewest bytes at a limit of loss.
Group turned(Random &random, std::size_t options)
{
    Group group = layer(random, options, layerBytes(random), 0.3);
    for (KnapsackOption &option : group)
        option = {static_cast<double>(option.weight),
                  static_cast<std::int64_t>(option.value * 1e6)};
    return group;
}

/// Weights below `bytes` and what they are worth.
Group worth(Random &random, std::size_t options, double bytes,
            const std::function<double(double)> &value)
{
    Group group;
    for (std::size_t i = 0; i < options; ++i) {
        const std::int64_t weight = below(random, bytes);
        group.push_back({value(static_cast<double>(weight)), weight});
    }
    return group;
}

/// Worth as much as they weigh, but for `noise`.
Group correlated(Random &random, std::size_t options, double noise)
{
    return worth(random, options, 1e7,
                 [&](double weight) { return -weight * (1 + noise * random.uniform()); });
}

/// Running sums of items that are worth 10 more than they weigh (Pisinger's strongly correlated).
Group chain(Random &random, std::size_t options, double bytes)
{
    Group group(1);
    while (group.size() < options) {
        const std::int64_t weight = 1 + below(random, bytes);
        group.push_back(
            {group.back().value - static_cast<double>(weight + 10), group.back().weight + weight});
    }
    return group;
}

struct Kind
{
    const char *name;
    std::function<Group(Random &, std::size_t)> group;
};

const std::vector<Kind> &layerKinds()
{
    static const std::vector<Kind> kinds{
        {"layers without noise",
         [](Random &r, std::size_t n) { return layer(r, n, layerBytes(r), 0); }},
        {"layers, noise 1 %",
         [](Random &r, std::size_t n) { return layer(r, n, layerBytes(r), 0.01); }},
        {"layers, noise 30 %",
         [](Random &r, std::size_t n) { return layer(r, n, layerBytes(r), 0.3); }},
        {"layers of one size", [](Random &r, std::size_t n) { return layer(r, n, 1e6, 0.1); }},
        {"layers, bit widths", bitWidths},
        {"layers, changed answers", answers},
        {"layers, least bytes", turned},
    };
    return kinds;
}

const std::vector<Kind> &uglyKinds()
{
    static const std::vector<Kind> kinds{
        {"uncorrelated",
         [](Random &r, std::size_t n) {
             return worth(r, n, 1e7, [&r](double) { return -r.uniform(); });
         }},
        {"correlated, noise 10 %", [](Random &r, std::size_t n) { return correlated(r, n, 0.1); }},
        {"correlated, noise 1 %", [](Random &r, std::size_t n) { return correlated(r, n, 0.01); }},
        {"correlated, noise 0.01 %",
         [](Random &r, std::size_t n) { return correlated(r, n, 1e-4); }},
        {"correlated, noise 0.0001 %",
         [](Random &r, std::size_t n) { return correlated(r, n, 1e-6); }},
        {"subset sums", [](Random &r, std::size_t n) { return correlated(r, n, 0); }},
        {"subset sums, rounded",
         [](Random &r, std::size_t n) {
             return worth(r, n, 1e7, [](double weight) { return -0.3 * weight; });
         }},
        {"few values",
         [](Random &r, std::size_t n) {
             return worth(r, n, 1e7, [](double weight) { return -std::round(weight * 5e-7); });
         }},
        {"few values and weights",
         [](Random &r, std::size_t n) {
             return worth(r, n, 10,
                          [&r](double weight) { return -weight + std::round(4 * r.uniform()); });
         }},
        {"chains of 1,000", [](Random &r, std::size_t n) { return chain(r, n, 1e3); }},
        {"chains of 1,000,000", [](Random &r, std::size_t n) { return chain(r, n, 1e6); }},
    };
    return kinds;
}

struct Instance
{
    KnapsackProblem problem;
    std::int64_t least = 0; ///< weight of any choice
    std::int64_t most = 0;

    std::int64_t capacity(double part) const
    {
        return least + static_cast<std::int64_t>(part * static_cast<double>(most - least));
    }
};

struct Size
{
    std::size_t groups;
    std::size_t options;
    std::size_t instances;
};

Instance instance(const Kind &kind, const Size &size, std::uint64_t seed)
{
    Random random(seed);
    Instance result;
    for (std::size_t g = 0; g < size.groups; ++g) {
        result.problem.groups.push_back(kind.group(random, size.options));
        const auto [least, most] =
            std::ranges::minmax(result.problem.groups.back(), {}, &KnapsackOption::weight);
        result.least += least.weight;
        result.most += most.weight;
    }
    return result;
}

double seconds(const std::function<void()> &work)
{
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void printKind(const Kind &kind, const Size &size)
{
    std::vector<double> times;
    std::size_t proved = 0;
    double gap = 0;
    std::int64_t states = 0;
    for (std::size_t i = 0; i < size.instances; ++i) {
        const Instance one = instance(kind, size, i);
        KnapsackSolution solution;
        const double part = static_cast<double>(i % 19 + 1) / 20;
        times.push_back(
            seconds([&] { solution = solveKnapsack(one.problem, one.capacity(part)); }));
        proved += solution.gap() == 0 ? 1 : 0;
        if (solution.gap() > 0)
            gap = std::max(gap, solution.gap() / std::abs(solution.value));
        states = std::max(states, solution.states);
    }
    std::ranges::sort(times);
    fmt::print("{:28} {:5}/{:<5} {:8.4f} {:8.4f} {:8.4f} {:9.1e} {:9}\n", kind.name, proved,
               times.size(), times[times.size() / 2], times[times.size() * 95 / 100], times.back(),
               gap, states);
    std::fflush(stdout);
}

void printSeries(const Kind &kind, const Size &size)
{
    const Instance one = instance(kind, size, 0);
    const KnapsackSolution best = solveKnapsack(one.problem, one.capacity(0.3));
    std::size_t proved = 0;
    const double next = seconds([&] {
        for (const KnapsackSolution &solution : nextBest(one.problem, best))
            proved += solution.gap() == 0 ? 1 : 0;
    });
    fmt::print("{:28} {:14.3f} {:8}\n", kind.name, next, proved);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const auto argument = [&](int at, int otherwise) {
        return static_cast<std::size_t>(argc > at ? std::atoi(argv[at]) : otherwise);
    };
    const Size size{argument(1, 200), argument(2, 20), argument(3, 100)};
    fmt::print("{} groups of {} options, processor seconds\n", size.groups, size.options);
    fmt::print("{:28} {:>11} {:>8} {:>8} {:>8} {:>9} {:>9}\n", "", "proved", "median", "95 %",
               "longest", "gap", "states");
    for (const auto *kinds : {&layerKinds(), &uglyKinds()}) {
        for (const Kind &kind : *kinds)
            printKind(kind, size);
    }
    fmt::print("\n{:28} {:>14} {:>8}\n", "", "all next bests", "proved");
    for (const Kind &kind : layerKinds())
        printSeries(kind, size);
}

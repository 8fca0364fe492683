#include "core/search/knapsackgroups.h"

#include "core/base/error.h"
#include "core/search/messages.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace pare {

namespace {

constexpr std::int64_t largestWeight = std::int64_t{1} << 62;
constexpr int sumBits = 60;

void check(const std::vector<KnapsackOption> &group, std::size_t number)
{
    if (group.empty())
        throw Error(ErrorKind::InvalidSetting, messages::knapsackEmptyGroup, number);
    for (std::size_t i = 0; i < group.size(); ++i) {
        const auto [value, weight] = group[i];
        if (!std::isfinite(value))
            throw Error(ErrorKind::InvalidSetting, messages::knapsackValue, number, i, value);
        if (weight < 0)
            throw Error(ErrorKind::InvalidSetting, messages::knapsackWeight, number, i, weight);
    }
}

/// How many bits behind the point leave the sum of the groups' largest magnitudes below
/// 2^sumBits.
int checkedValueBits(const KnapsackProblem &problem)
{
    double magnitudes = 0;
    std::int64_t weights = 0;
    for (std::size_t g = 0; g < problem.groups.size(); ++g) {
        check(problem.groups[g], g);
        double magnitude = 0;
        std::int64_t weight = 0;
        for (const KnapsackOption &option : problem.groups[g]) {
            magnitude = std::max(magnitude, std::abs(option.value));
            weight = std::max(weight, option.weight);
        }
        magnitudes += magnitude;
        if (!std::isfinite(magnitudes) || weight > largestWeight - weights)
            throw Error(ErrorKind::InvalidSetting, messages::knapsackSum, g);
        weights += weight;
    }
    int exponent = 0;
    std::frexp(magnitudes, &exponent);
    return sumBits - exponent;
}

std::vector<KnapsackPoint> undominated(std::vector<KnapsackPoint> points)
{
    std::ranges::sort(points, {}, [](const KnapsackPoint &point) {
        return std::tuple(point.weight, point.value, point.option);
    });
    std::vector<KnapsackPoint> kept;
    for (const KnapsackPoint &point : points) {
        if (kept.empty() || point.value < kept.back().value)
            kept.push_back(point);
    }
    return kept;
}

/// Divides `member` of all points by their greatest common divisor, which is returned.
std::int64_t divide(std::vector<std::vector<KnapsackPoint>> &groups,
                    std::int64_t KnapsackPoint::*member)
{
    std::int64_t divisor = 0;
    for (const auto &group : groups) {
        for (const KnapsackPoint &point : group)
            divisor = std::gcd(divisor, point.*member);
    }
    if (divisor == 0)
        return 1;
    for (auto &group : groups) {
        for (KnapsackPoint &point : group)
            point.*member /= divisor;
    }
    return divisor;
}

bool steeper(const KnapsackStep &a, const KnapsackStep &b)
{
    return static_cast<WideInteger>(a.value) * b.weight >
           static_cast<WideInteger>(b.value) * a.weight;
}

/// The steps along the lower convex hull of one group, each less steep than the one before.
std::vector<KnapsackStep> hullSteps(const std::vector<KnapsackPoint> &points, std::size_t group)
{
    std::vector<KnapsackStep> steps;
    for (std::size_t i = 1; i < points.size(); ++i) {
        KnapsackStep step{points[i].weight - points[i - 1].weight,
                          points[i - 1].value - points[i].value, group, i};
        // The point between two steps is no corner unless the first is the steeper one.
        while (!steps.empty() && !steeper(steps.back(), step)) {
            step.weight += steps.back().weight;
            step.value += steps.back().value;
            steps.pop_back();
        }
        steps.push_back(step);
    }
    return steps;
}

} // namespace

KnapsackGroups knapsackGroups(const KnapsackProblem &problem)
{
    KnapsackGroups result;
    result.valueBits = checkedValueBits(problem);
    bool rounded = false;
    for (const std::vector<KnapsackOption> &options : problem.groups) {
        std::vector<KnapsackPoint> points;
        for (const auto &[value, weight] : options) {
            const double scaled = std::ldexp(value, result.valueBits);
            points.push_back({weight, std::llrint(scaled), points.size()});
            rounded = rounded || scaled != std::nearbyint(scaled);
        }
        result.options += static_cast<std::int64_t>(points.size());
        points = undominated(std::move(points));
        const std::int64_t leastWeight = points.front().weight;
        const std::int64_t leastValue = points.back().value;
        for (KnapsackPoint &point : points) {
            point.weight -= leastWeight;
            point.value -= leastValue;
        }
        result.leastWeight += leastWeight;
        result.leastValue += leastValue;
        result.groups.push_back(std::move(points));
    }
    result.weightUnit = divide(result.groups, &KnapsackPoint::weight);
    result.valueUnit = divide(result.groups, &KnapsackPoint::value);
    // As much as adding two doubles of that size may be off.
    if (rounded)
        result.tolerance = (std::int64_t{1} << (sumBits - 53)) / result.valueUnit;
    for (std::size_t g = 0; g < result.groups.size(); ++g) {
        const std::vector<KnapsackStep> steps = hullSteps(result.groups[g], g);
        result.steps.insert(result.steps.end(), steps.begin(), steps.end());
    }
    std::ranges::stable_sort(result.steps, steeper);
    return result;
}

} // namespace pare

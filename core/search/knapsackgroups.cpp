#include "core/search/knapsackgroups.h"

#include "core/base/error.h"
#include "core/search/messages.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace pare {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t largestWeight = std::int64_t{1} << 62;

void checkGroup(const std::vector<KnapsackOption> &group, std::size_t number)
{
    if (group.empty())
        throw Error(ErrorKind::InvalidSetting, messages::knapsackEmptyGroup, number);
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (!std::isfinite(group[i].value))
            throw Error(ErrorKind::InvalidSetting, messages::knapsackValue, number, i,
                        group[i].value);
        if (group[i].weight < 0)
            throw Error(ErrorKind::InvalidSetting, messages::knapsackWeight, number, i,
                        group[i].weight);
    }
}

/// The bits behind the point that leave the sum of all magnitudes below 2^60.
int valueBits(const KnapsackProblem &problem)
{
    double magnitudes = 0;
    std::int64_t weights = 0;
    for (std::size_t g = 0; g < problem.groups.size(); ++g) {
        checkGroup(problem.groups[g], g);
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
    return 60 - exponent;
}

/// In whole numbers from the group's own least weight and value, undominated only.
std::vector<KnapsackPoint> undominated(std::vector<KnapsackPoint> points)
{
    std::ranges::sort(points, {}, [](const KnapsackPoint &point) {
        return std::tuple(point.weight, point.value, point.option);
    });
    std::size_t kept = 0;
    for (const KnapsackPoint &point : points) {
        if (kept == 0 || point.value < points[kept - 1].value)
            points[kept++] = point;
    }
    points.resize(kept);
    return points;
}

/// Divides what `member` holds in all points by its greatest common divisor, which is returned.
std::int64_t divide(std::vector<std::vector<KnapsackPoint>> &groups,
                    std::int64_t KnapsackPoint::*member)
{
    std::int64_t divisor = 0;
    for (const auto &group : groups) {
        for (const KnapsackPoint &point : group)
            divisor = std::gcd(divisor, point.*member);
    }
    divisor = std::max<std::int64_t>(divisor, 1);
    for (auto &group : groups) {
        for (KnapsackPoint &point : group)
            point.*member /= divisor;
    }
    return divisor;
}

bool steeper(const KnapsackStep &a, const KnapsackStep &b)
{
    return static_cast<Wide>(a.value) * b.weight > static_cast<Wide>(b.value) * a.weight;
}

/// The steps along the lower convex hull of a group, ever less steep.
std::vector<KnapsackStep> hullSteps(const std::vector<KnapsackPoint> &points, std::size_t group)
{
    std::vector<KnapsackStep> steps;
    for (std::size_t i = 1; i < points.size(); ++i) {
        KnapsackStep step{points[i].weight - points[i - 1].weight,
                          points[i - 1].value - points[i].value, group, i};
        // A step that is less steep than the one after it cuts a corner: both become one.
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
    result.valueBits = valueBits(problem);
    for (const std::vector<KnapsackOption> &options : problem.groups) {
        std::vector<KnapsackPoint> points;
        for (const KnapsackOption &option : options)
            points.push_back({option.weight,
                              std::llrint(std::ldexp(option.value, result.valueBits)),
                              points.size()});
        result.options += static_cast<std::int64_t>(points.size());
        points = undominated(std::move(points));
        const std::int64_t weight = points.front().weight;
        const std::int64_t value = points.back().value;
        for (KnapsackPoint &point : points) {
            point.weight -= weight;
            point.value -= value;
        }
        result.leastWeight += weight;
        result.leastValue += value;
        result.groups.push_back(std::move(points));
    }
    result.weightUnit = divide(result.groups, &KnapsackPoint::weight);
    result.valueUnit = divide(result.groups, &KnapsackPoint::value);
    for (std::size_t g = 0; g < result.groups.size(); ++g) {
        const std::vector<KnapsackStep> steps = hullSteps(result.groups[g], g);
        result.steps.insert(result.steps.end(), steps.begin(), steps.end());
    }
    std::ranges::stable_sort(result.steps, steeper);
    return result;
}

} // namespace pare

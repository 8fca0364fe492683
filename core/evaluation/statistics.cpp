#include "core/evaluation/statistics.h"

#include "core/base/random.h"
#include "core/evaluation/logfactorials.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace pare {

namespace {

constexpr double alpha = 0.05;
constexpr double normalQuantile = 1.959963984540054; // of 1 − alpha / 2

double logBeta(double a, double b)
{
    return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/// log p, times `count`; 0 log 0 = 0.
double scaledLog(double count, double p)
{
    return count > 0 ? count * std::log(p) : 0.0;
}

/// By how much the evidence against the mean p exceeds what `error` allows, as logarithms.
class Evidence
{
public:
    Evidence(double sum, double n, double error)
        : m_sum(sum)
        , m_rest(n - sum)
        , m_constant(logBeta(m_sum + 0.5, m_rest + 0.5) - logBeta(0.5, 0.5) + std::log(error))
    {}

    double against(double p) const
    {
        return m_constant - scaledLog(m_sum, p) - scaledLog(m_rest, 1 - p);
    }

private:
    double m_sum;
    double m_rest;
    double m_constant;
};

/// The border between `excluded`, a mean the evidence rules out, and `possible`.
double border(const Evidence &evidence, double excluded, double possible)
{
    if (evidence.against(excluded) <= 0)
        return excluded;
    for (int i = 0; i < 60; ++i) {
        const double middle = (excluded + possible) / 2;
        (evidence.against(middle) > 0 ? excluded : possible) = middle;
    }
    return excluded;
}

double mean(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<double> ranksOf(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        while (end < order.size() && values[order[end]] == values[order[i]])
            ++end;
        for (std::size_t k = i; k < end; ++k)
            ranks[order[k]] = static_cast<double>(i + end - 1) / 2; // equal ones share theirs
        i = end;
    }
    return ranks;
}

double correlation(std::span<const double> a, std::span<const double> b)
{
    const auto n = static_cast<double>(a.size());
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

} // namespace

Interval wilsonInterval(std::int64_t successes, std::int64_t n)
{
    assert(successes >= 0 && successes <= n);
    if (n == 0)
        return {0, 0, 1, 0};
    const double count = static_cast<double>(n);
    const double share = static_cast<double>(successes) / count;
    const double square = normalQuantile * normalQuantile;
    const double centre = (share + square / (2 * count)) / (1 + square / count);
    const double half = normalQuantile / (1 + square / count) *
                        std::sqrt(share * (1 - share) / count + square / (4 * count * count));
    // The formula's ends are 0 and 1 there, but for rounding.
    const double low = successes == 0 ? 0.0 : centre - half;
    const double high = successes == n ? 1.0 : centre + half;
    return {share, low, high, n};
}

Interval anytimeInterval(double sum, std::int64_t n, double error)
{
    if (n == 0)
        return {0, 0, 1, 0};
    const double count = static_cast<double>(n);
    assert(sum >= 0 && sum <= count * (1 + 1e-9));
    sum = std::min(sum, count);
    const Evidence evidence(sum, count, error);
    const double share = sum / count;
    return {share, border(evidence, 0, share), border(evidence, 1, share), n};
}

Interval meanInterval(std::span<const double> values)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto n = static_cast<std::int64_t>(values.size());
    if (n == 0)
        return {0, -infinity, infinity, 0};
    const double average = mean(values);
    if (n == 1)
        return {average, -infinity, infinity, 1};
    double squares = 0;
    for (const double value : values)
        squares += (value - average) * (value - average);
    const double count = static_cast<double>(n);
    const double half = normalQuantile * std::sqrt(squares / (count - 1) / count);
    return {average, average - half, average + half, n};
}

Interval pairedBootstrap(std::span<const double> a, std::span<const double> b,
                         const BootstrapOptions &options)
{
    assert(a.size() == b.size() && options.resamples > 0);
    const std::size_t n = a.size();
    if (n == 0)
        return meanInterval({});
    std::vector<double> differences(n);
    for (std::size_t i = 0; i < n; ++i)
        differences[i] = a[i] - b[i];
    Random random(options.seed);
    std::vector<double> means(static_cast<std::size_t>(options.resamples));
    for (double &resampled : means) {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i)
            sum += differences[random.below(n)];
        resampled = sum / static_cast<double>(n);
    }
    return {mean(differences), percentile(means, alpha / 2), percentile(means, 1 - alpha / 2),
            static_cast<std::int64_t>(n)};
}

double percentile(std::vector<double> values, double share)
{
    assert(!values.empty() && share >= 0 && share <= 1);
    std::ranges::sort(values);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

double rankCorrelation(std::span<const double> a, std::span<const double> b)
{
    assert(a.size() == b.size());
    return correlation(ranksOf(a), ranksOf(b));
}

} // namespace pare

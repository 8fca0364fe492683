#include "core/evaluation/verdicts.h"

#include "core/base/random.h"
#include "core/evaluation/logfactorials.h"
#include "core/evaluation/messages.h"
#include "core/evaluation/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include <fmt/format.h>

namespace pare {

namespace {

constexpr double alpha = 0.05;
constexpr double normalQuantile = 1.959963984540054; // of 1 − alpha / 2
constexpr double powerQuantile = 0.8416212335729143; // of 0.8: four experiments in five
/// Below it the bootstrap's percentiles fall short of their promise.
constexpr std::int64_t fewDiscordant = 25;
constexpr int bisections = 60;

double real(std::int64_t count)
{
    return static_cast<double>(count);
}

/// How many standard errors the found difference lies above `difference`, were that the truth
/// (Tango 1998).
double score(const AnswerPairs &pairs, double difference)
{
    const double n = real(pairs.n());
    const double other = real(pairs.onlyOther);
    const double reference = real(pairs.onlyReference);
    const double a = 2 * n;
    const double b = -other - reference + (2 * n - other + reference) * difference;
    const double c = -reference * difference * (1 - difference);
    // The likeliest share of onlyReference, were `difference` the truth.
    const double share = (std::sqrt(std::max(b * b - 4 * a * c, 0.0)) - b) / (2 * a);
    const double variance = n * (2 * share + difference * (1 - difference));
    const double distance = other - reference - n * difference;
    return variance > 0 ? distance / std::sqrt(variance)
                        : std::copysign(distance == 0 ? 0.0 : HUGE_VAL, distance);
}

/// Where the score is `target`, between `low` and `high`; it falls from one to the other.
double whereScoreIs(double target, const AnswerPairs &pairs, double low, double high)
{
    for (int i = 0; i < bisections; ++i) {
        const double middle = (low + high) / 2;
        (score(pairs, middle) > target ? low : high) = middle;
    }
    return (low + high) / 2;
}

Interval scoreInterval(const AnswerPairs &pairs)
{
    const double difference = real(pairs.onlyOther - pairs.onlyReference) / real(pairs.n());
    return {difference, whereScoreIs(normalQuantile, pairs, -1, difference),
            whereScoreIs(-normalQuantile, pairs, difference, 1), pairs.n()};
}

/// The probability of k out of n.
double binomial(std::int64_t n, std::int64_t k, double share)
{
    if (share <= 0 || share >= 1)
        return k == (share <= 0 ? 0 : n) ? 1 : 0;
    return std::exp(logChoose(n, k) + real(k) * std::log(share) + real(n - k) * std::log1p(-share));
}

struct Range
{
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// Counts out of n beyond which there is nothing to speak of: eight standard deviations.
Range likelyCounts(std::int64_t n, double share)
{
    const double middle = real(n) * share;
    const double reach = 8 * std::sqrt(real(n) * share * (1 - share)) + 1;
    return {std::max<std::int64_t>(0, std::llround(std::floor(middle - reach))),
            std::min(n, static_cast<std::int64_t>(std::ceil(middle + reach)))};
}

/// The percentile bootstrap, with the resamples' probabilities summed instead of drawn: of n pairs
/// each resample holds so many discordant ones, and of these so many for the other.
Interval bootstrapInterval(const AnswerPairs &pairs)
{
    const std::int64_t n = pairs.n();
    const double discordant = real(pairs.discordant()) / real(n);
    const double other = real(pairs.onlyOther) / real(pairs.discordant());
    std::map<std::int64_t, double> chances; // by how many more the other has
    const Range counts = likelyCounts(n, discordant);
    for (std::int64_t m = counts.first; m <= counts.last; ++m) {
        const double chance = binomial(n, m, discordant);
        const Range parts = likelyCounts(m, other);
        for (std::int64_t k = parts.first; k <= parts.last; ++k)
            chances[2 * k - m] += chance * binomial(m, k, other);
    }
    const auto quantile = [&](double share) {
        double sum = 0;
        for (const auto &[lead, chance] : chances)
            if ((sum += chance) >= share)
                return real(lead) / real(n);
        return real(chances.rbegin()->first) / real(n);
    };
    return {real(pairs.onlyOther - pairs.onlyReference) / real(n), quantile(alpha / 2),
            quantile(1 - alpha / 2), n};
}

/// The difference is the share of discordant pairs times how much more of them the other has right
/// than wrong; both sequences hold at once with half the error each.
Interval anytimeDifference(const AnswerPairs &pairs)
{
    const Interval some = anytimeInterval(real(pairs.discordant()), pairs.n(), alpha / 2);
    const Interval part = anytimeInterval(real(pairs.onlyOther), pairs.discordant(), alpha / 2);
    const double low = 2 * part.low - 1;
    const double high = 2 * part.high - 1;
    return {real(pairs.onlyOther - pairs.onlyReference) / real(pairs.n()),
            low * (low < 0 ? some.high : some.low), high * (high > 0 ? some.high : some.low),
            pairs.n()};
}

/// Standard errors that a difference has to exceed, at `discordant` pairs.
double threshold(double discordant, double level, Looks looks)
{
    if (looks == Looks::Once) { // the normal quantile, by bisection
        double low = 0;
        double high = 40;
        for (int i = 0; i < bisections; ++i) {
            const double middle = (low + high) / 2;
            (std::erfc(middle / std::numbers::sqrt2) > level ? low : high) = middle;
        }
        return high;
    }
    // The mixture's evidence for large numbers: exp(z²/2) √(2/(π m)).
    return std::sqrt(2 * std::log(1 / level) +
                     std::max(0.0, std::log(std::numbers::pi * discordant / 2)));
}

/// The smallest n for which `rows(n)`, which may grow slowly with it, is no more.
template <class Rows>
double settledRows(const Rows &rows)
{
    double n = 1;
    for (int i = 0; i < bisections; ++i)
        n = std::max(1.0, rows(n));
    return n;
}

std::string points(double share)
{
    return fmt::format("{:.2f}", 100 * share);
}

/// Two digits: nobody knows more.
std::int64_t rounded(std::int64_t rows)
{
    std::int64_t unit = 1;
    while (rows / unit >= 100)
        unit *= 10;
    return (rows + unit - 1) / unit * unit;
}

Verdict verdictOf(const Comparison &comparison, double margin)
{
    const Interval &difference = comparison.difference;
    if (comparison.corrected <= alpha)
        return difference.value > 0 ? Verdict::Better : Verdict::Worse;
    return difference.low >= -margin && difference.high <= margin ? Verdict::Same : Verdict::Open;
}

} // namespace

AnswerPairs answerPairs(std::span<const std::uint8_t> reference,
                        std::span<const std::uint8_t> other)
{
    assert(reference.size() == other.size());
    AnswerPairs pairs;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        if (reference[i] != 0)
            ++(other[i] != 0 ? pairs.bothRight : pairs.onlyReference);
        else
            ++(other[i] != 0 ? pairs.onlyOther : pairs.bothWrong);
    }
    return pairs;
}

double exactMcNemar(const AnswerPairs &pairs)
{
    const std::int64_t n = pairs.discordant();
    const std::int64_t fewer = std::min(pairs.onlyReference, pairs.onlyOther);
    double term = binomial(n, fewer, 0.5);
    double tail = 0;
    for (std::int64_t k = fewer; k >= 0 && term > 0; --k) {
        tail += term;
        term *= real(k) / real(n - k + 1);
    }
    return std::min(1.0, 2 * tail);
}

double anytimeMcNemar(const AnswerPairs &pairs)
{
    const double evidence = logGamma(real(pairs.onlyOther) + 0.5) +
                            logGamma(real(pairs.onlyReference) + 0.5) -
                            logGamma(real(pairs.discordant()) + 1) - std::log(std::numbers::pi) +
                            real(pairs.discordant()) * std::numbers::ln2;
    return std::min(1.0, std::exp(-evidence));
}

std::vector<double> holm(std::span<const double> p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> corrected(p.size());
    double largest = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        largest = std::max(largest, p[order[rank]] * static_cast<double>(order.size() - rank));
        corrected[order[rank]] = std::min(1.0, largest);
    }
    return corrected;
}

Interval accuracyDifference(const AnswerPairs &pairs, Looks looks)
{
    if (pairs.n() == 0)
        return {0, -1, 1, 0};
    if (looks == Looks::Anytime)
        return anytimeDifference(pairs);
    return pairs.discordant() < fewDiscordant ? scoreInterval(pairs) : bootstrapInterval(pairs);
}

std::vector<Comparison> compareAnswers(std::span<const std::uint8_t> reference,
                                       std::span<const std::vector<std::uint8_t>> others,
                                       const ComparisonOptions &options)
{
    std::vector<Comparison> comparisons(others.size());
    std::vector<double> p;
    for (std::size_t i = 0; i < others.size(); ++i) {
        Comparison &comparison = comparisons[i];
        comparison.pairs = answerPairs(reference, others[i]);
        comparison.difference = accuracyDifference(comparison.pairs, options.looks);
        comparison.p = options.looks == Looks::Once ? exactMcNemar(comparison.pairs)
                                                    : anytimeMcNemar(comparison.pairs);
        p.push_back(comparison.p);
    }
    const std::vector<double> corrected = holm(p);
    for (std::size_t i = 0; i < others.size(); ++i) {
        Comparison &comparison = comparisons[i];
        comparison.corrected = corrected[i];
        comparison.verdict = verdictOf(comparison, options.margin);
        if (comparison.verdict == Verdict::Open)
            comparison.moreRows = moreRowsNeeded(comparison.pairs, others.size(), options);
    }
    return comparisons;
}

std::int64_t moreRowsNeeded(const AnswerPairs &pairs, std::size_t comparisons,
                            const ComparisonOptions &options)
{
    const double n = real(pairs.n());
    const double difference = std::abs(real(pairs.onlyOther - pairs.onlyReference)) / n;
    // One pair more than there were: none so far does not mean that there will be none.
    const double share = std::min(1.0, (real(pairs.discordant()) + 1) / (n + 2));
    const double spread = std::sqrt(std::max(share - difference * difference, 1e-12));
    const auto rows = [&](double level, double distance, double spreadAtTest) {
        return settledRows([&](double total) {
            const double needed = threshold(total * share, level, options.looks) * spreadAtTest +
                                  powerQuantile * spread;
            return needed * needed / (distance * distance);
        });
    };
    double total = HUGE_VAL;
    if (difference > 0) // Connor 1987
        total = rows(alpha / static_cast<double>(comparisons), difference, std::sqrt(share));
    if (difference < options.margin)
        total = std::min(total, rows(alpha, options.margin - difference, spread));
    constexpr double most = 1e15;
    return std::max<std::int64_t>(1, std::llround(std::min(std::ceil(total - n), most)));
}

Message verdictText(const Comparison &comparison)
{
    const Interval &difference = comparison.difference;
    switch (comparison.verdict) {
    case Verdict::Better:
        return message(messages::verdictBetter);
    case Verdict::Worse:
        return message(messages::verdictWorse);
    case Verdict::Same:
        return message(messages::verdictSame,
                       points(std::max(std::abs(difference.low), std::abs(difference.high))),
                       difference.n);
    case Verdict::Open:
        break;
    }
    return message(messages::verdictOpen, rounded(comparison.moreRows));
}

std::vector<double> frontShares(std::span<const FrontPoint> points, int resamples,
                                std::uint64_t seed)
{
    assert(resamples > 0);
    const std::size_t models = points.size();
    const std::size_t n = points.empty() ? 0 : points.front().correct.size();
    std::vector<std::uint8_t> rows(n * models); // all models of an example side by side
    for (std::size_t m = 0; m < models; ++m) {
        assert(points[m].correct.size() == n);
        for (std::size_t i = 0; i < n; ++i)
            rows[i * models + m] = points[m].correct[i];
    }
    std::vector<std::int64_t> onFront(models, 0);
    std::vector<std::int32_t> right(models);
    Random random(seed);
    for (int resample = 0; resample < resamples; ++resample) {
        std::ranges::fill(right, 0);
        for (std::size_t i = 0; i < n; ++i) {
            const std::uint8_t *row = rows.data() + random.below(n) * models;
            for (std::size_t m = 0; m < models; ++m)
                right[m] += row[m];
        }
        for (std::size_t m = 0; m < models; ++m) {
            bool dominated = false;
            for (std::size_t k = 0; k < models && !dominated; ++k)
                dominated = points[k].bytes <= points[m].bytes && right[k] >= right[m] &&
                            (points[k].bytes < points[m].bytes || right[k] > right[m]);
            onFront[m] += !dominated;
        }
    }
    std::vector<double> shares(models);
    for (std::size_t m = 0; m < models; ++m)
        shares[m] = real(onFront[m]) / resamples;
    return shares;
}

int frontResamples(std::size_t points, std::size_t examples)
{
    constexpr std::size_t answers = 1'000'000'000;
    return static_cast<int>(
        std::clamp<std::size_t>(answers / std::max<std::size_t>(1, points * examples), 50, 500));
}

std::string_view nameOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Better:
        return "better";
    case Verdict::Worse:
        return "worse";
    case Verdict::Same:
        return "same";
    case Verdict::Open:
        break;
    }
    return "open";
}

} // namespace pare

#include "core/search/prediction.h"


#include <algorithm>
#include <array>
#include <cmath>

namespace pare {

namespace {

constexpr std::size_t coefficients = 3;
using Vector = std::array<double, coefficients>;
/// What a coefficient is before any run speaks: 0, give or take this.
constexpr Vector priorSpread{0.5, 0.3, 2};
constexpr double coverage = 0.9;
/// Fewer cases cannot say what nine of ten of them keep to.
constexpr std::size_t fewestCases = 9;

/// How far a predicted loss may be expected to be off: hardly at all where hardly any answer changes.
double expectedError(double changed)
{
    return 0.004 + 0.1 * changed;
}

Vector features(double loss, double changed)
{
    return {loss, changed, changed * changed};
}

/// x of A x = b, A symmetric and positive definite (Gauss).
Vector solved(std::array<Vector, coefficients> a, Vector b)
{
    for (std::size_t i = 0; i < coefficients; ++i) {
        for (std::size_t row = i + 1; row < coefficients; ++row) {
            const double factor = a[row][i] / a[i][i];
            for (std::size_t k = i; k < coefficients; ++k)
                a[row][k] -= factor * a[i][k];
            b[row] -= factor * b[i];
        }
    }
    Vector x{};
    for (std::size_t i = coefficients; i-- > 0;) {
        x[i] = b[i];
        for (std::size_t k = i + 1; k < coefficients; ++k)
            x[i] -= a[i][k] * x[k];
        x[i] /= a[i][i];
    }
    return x;
}

double corrected(const Vector &by, double loss, double changed)
{
    const Vector x = features(loss, changed);
    double result = loss;
    for (std::size_t k = 0; k < coefficients; ++k)
        result += by[k] * x[k];
    return result;
}

/// What of the loss is missed where `by` corrects it, in units of what was to be expected.
double miss(const LossCorrection::Case &one, const Vector &by)
{
    return std::abs(one.measured - corrected(by, one.loss, one.changed)) /
           expectedError(one.changed);
}

/// Ridge regression of what is missed on the features, without the case `left` out of those; cases that are
/// missed by much count less (Huber 1964), so that one collapsed model does not bend the rest.
Vector fitted(std::span<const LossCorrection::Case> cases, std::optional<std::size_t> left)
{
    constexpr double usualMiss = 0.6;
    constexpr int rounds = 8;
    Vector by{};
    for (int round = 0; round < rounds; ++round) {
        std::array<Vector, coefficients> a{};
        Vector b{};
        for (std::size_t k = 0; k < coefficients; ++k)
            a[k][k] = 1 / (priorSpread[k] * priorSpread[k]);
        for (std::size_t i = 0; i < cases.size(); ++i) {
            if (left == i)
                continue;
            const auto &[loss, changed, measured] = cases[i];
            const double unit = expectedError(changed);
            const double far = round == 0 ? 1 : usualMiss / std::max(miss(cases[i], by), usualMiss);
            const Vector x = features(loss, changed);
            for (std::size_t row = 0; row < coefficients; ++row) {
                for (std::size_t k = 0; k < coefficients; ++k)
                    a[row][k] += far / (unit * unit) * x[row] * x[k];
                b[row] += far / (unit * unit) * x[row] * (measured - loss);
            }
        }
        by = solved(a, b);
    }
    return by;
}

Predicted banded(double value, double half, std::size_t cases)
{
    const auto within = [](double x) { return std::clamp(x, 0.0, 1.0); };
    return {within(value), within(value - half), within(value + half),
            static_cast<std::int64_t>(cases)};
}

} // namespace

LossCorrection::LossCorrection(std::vector<Case> cases)
    : m_cases(std::move(cases))
{
    const Vector all = fitted(m_cases, std::nullopt);
    m_coefficients.assign(all.begin(), all.end());
    std::vector<double> misses;
    for (std::size_t i = 0; i < m_cases.size(); ++i)
        misses.push_back(miss(m_cases[i], fitted(m_cases, i)));
    if (misses.size() < fewestCases)
        return;
    std::ranges::sort(misses);
    const auto n = static_cast<double>(misses.size());
    const auto place = static_cast<std::size_t>(std::ceil(coverage * (n + 1)));
    m_reach = misses[std::min(place, misses.size()) - 1];
}

double LossCorrection::operator()(double loss, double changed) const
{
    return corrected({m_coefficients[0], m_coefficients[1], m_coefficients[2]}, loss, changed);
}

double LossCorrection::halfBand(double changed) const
{
    return m_reach ? *m_reach * expectedError(changed) : 0.01 + changed;
}

struct Predictor::Sum
{
    std::size_t rows = 0;
    double accuracy = 0;
    double changed = 0;
    double milliseconds = 0;
    std::vector<std::size_t> flips;
};

/// Over the rows that all of the responses were asked.
Predictor::Sum Predictor::summed(std::span<const std::size_t> responses) const
{
    Sum sum;
    sum.rows = m_table.order.size();
    sum.milliseconds = m_table.milliseconds;
    for (const std::size_t number : responses) {
        const Response &response = m_table.responses[number];
        if (response.changes.empty())
            continue;
        sum.rows = std::min(sum.rows, static_cast<std::size_t>(m_table.rows(response)));
        sum.milliseconds += response.milliseconds;
    }
    const auto labels = static_cast<std::size_t>(m_table.original.labels);
    std::vector<float> changes(sum.rows * labels);
    for (const std::size_t number : responses) {
        const std::vector<float> &own = m_table.responses[number].changes;
        for (std::size_t i = 0; i < std::min(changes.size(), own.size()); ++i)
            changes[i] += own[i];
    }
    const ProbeEstimate estimate = estimated(m_table.order, m_table.original, changes);
    sum.accuracy = estimate.accuracy.value;
    sum.changed = estimate.changed.value;
    std::vector<float> now(labels);
    for (std::size_t row = 0; row < sum.rows; ++row) {
        const std::span<const float> before(m_table.original.logits.data() + row * labels, labels);
        for (std::size_t label = 0; label < labels; ++label)
            now[label] = before[label] + changes[row * labels + label];
        if (answerOf(now) != answerOf(before))
            sum.flips.push_back(row);
    }
    return sum;
}

Predictor::Predictor(const ResponseTable &table, std::span<const MeasuredRecipe> measured)
    : m_table(table)
{
    std::vector<LossCorrection::Case> accuracies, shares;
    for (const MeasuredRecipe &recipe : measured) {
        const Sum sum = summed(recipe.responses);
        accuracies.push_back({table.original.accuracy - sum.accuracy, sum.changed,
                              table.original.accuracy - recipe.accuracy});
        shares.push_back({sum.changed, sum.changed, recipe.changed});
    }
    m_accuracy.emplace(std::move(accuracies));
    m_changed.emplace(std::move(shares));
}

Prediction Predictor::of(std::span<const std::size_t> responses) const
{
    Sum sum = summed(responses);
    const double loss = (*m_accuracy)(m_table.original.accuracy - sum.accuracy, sum.changed);
    const double changed = (*m_changed)(sum.changed, sum.changed);
    Prediction prediction;
    prediction.accuracy = banded(m_table.original.accuracy - loss, m_accuracy->halfBand(sum.changed),
                                 m_accuracy->cases());
    prediction.changed =
        banded(changed, m_changed->halfBand(sum.changed), m_changed->cases());
    prediction.summedAccuracy = sum.accuracy;
    prediction.summedChanged = sum.changed;
    prediction.milliseconds = sum.milliseconds;
    prediction.flips = std::move(sum.flips);
    prediction.rows = static_cast<std::int64_t>(sum.rows);
    return prediction;
}

} // namespace pare

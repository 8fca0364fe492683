#include "core/search/sumcorrection.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace pare {

namespace {

constexpr double coverage = 0.9;
/// Fewer cases cannot say what nine of ten of them keep to.
constexpr std::size_t fewestCases = 9;

/// Coefficients that are tried: from strong damping to strong growth.
constexpr std::size_t linearSteps = 25, quadraticSteps = 33;
double linearAt(std::size_t step)
{
    return -4 + 12.0 * static_cast<double>(step) / (linearSteps - 1);
}
double quadraticAt(std::size_t step)
{
    return -8 + 16.0 * static_cast<double>(step) / (quadraticSteps - 1);
}

/// What a share may be expected to be missed by.
double expectedError(double size, double changed)
{
    return 0.004 + 0.1 * changed + size * size * size;
}

AnswerShares sharesAt(const CorrectionCase &one, double logOfGain)
{
    const double place = std::clamp((logOfGain - logGain(0)) / (logGain(1) - logGain(0)), 0.0,
                                    static_cast<double>(gainSteps - 1));
    const auto below = std::min(static_cast<std::size_t>(place), gainSteps - 2);
    const double part = place - static_cast<double>(below);
    const auto between = [&](double AnswerShares::*share) {
        return (1 - part) * one.summed[below].*share + part * one.summed[below + 1].*share;
    };
    return {between(&AnswerShares::accuracy), between(&AnswerShares::changed)};
}

/// How far a case is missed; one that is missed by much counts no more than another, so that a collapsed
/// model does not bend the rest.
double missOf(const CorrectionCase &one, double logOfGain)
{
    constexpr double most = 6;
    const AnswerShares shares = sharesAt(one, logOfGain);
    const double unit = 0.004 + 0.1 * one.measured.changed;
    return std::min(std::abs(shares.accuracy - one.measured.accuracy) / unit, most) +
           std::min(std::abs(shares.changed - one.measured.changed) / unit, most);
}

/// The place of the conformal quantile among sorted misses.
double reachOf(std::vector<double> misses)
{
    std::ranges::sort(misses);
    const auto n = static_cast<double>(misses.size());
    const auto place = static_cast<std::size_t>(std::ceil(coverage * (n + 1)));
    return misses[std::min(place, misses.size()) - 1];
}

} // namespace

double SumCorrection::Coefficients::logGain(double size) const
{
    return std::clamp(linear * size + quadratic * size * size, pare::logGain(0),
                      pare::logGain(gainSteps - 1));
}

/// Misses of all cases at all coefficients, so that leaving one out is a subtraction.
struct SumCorrection::Fit
{
    explicit Fit(std::span<const CorrectionCase> cases)
        : total(linearSteps * quadraticSteps)
    {
        for (std::size_t i = 0; i < total.size(); ++i) {
            const Coefficients by = at(i);
            // Coefficients stay small unless the cases speak for others.
            total[i] = std::abs(by.linear) + std::abs(by.quadratic);
        }
        for (const CorrectionCase &one : cases) {
            std::vector<double> &own = misses.emplace_back();
            for (std::size_t i = 0; i < total.size(); ++i) {
                own.push_back(missOf(one, at(i).logGain(one.size)));
                total[i] += own[i];
            }
        }
    }

    static Coefficients at(std::size_t number)
    {
        return {linearAt(number / quadraticSteps), quadraticAt(number % quadraticSteps)};
    }

    /// The best coefficients for all cases, or for all but one.
    Coefficients best(std::optional<std::size_t> left = std::nullopt) const
    {
        const auto miss = [&](std::size_t number) {
            return total[number] - (left ? misses[*left][number] : 0);
        };
        std::size_t best = 0;
        for (std::size_t i = 1; i < total.size(); ++i) {
            if (miss(i) < miss(best))
                best = i;
        }
        return at(best);
    }

    std::vector<double> total;
    std::vector<std::vector<double>> misses; ///< by case
};

SumCorrection::SumCorrection(const std::vector<CorrectionCase> &cases)
    : m_cases(cases.size())
{
    const Fit fit(cases);
    m_coefficients = fit.best();
    if (cases.size() < fewestCases)
        return;
    std::vector<double> accuracies, shares;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const CorrectionCase &one = cases[i];
        const AnswerShares predicted = sharesAt(one, fit.best(i).logGain(one.size));
        const double unit = expectedError(one.size, predicted.changed);
        accuracies.push_back(std::abs(predicted.accuracy - one.measured.accuracy) / unit);
        shares.push_back(std::abs(predicted.changed - one.measured.changed) / unit);
    }
    m_accuracyReach = reachOf(std::move(accuracies));
    m_changedReach = reachOf(std::move(shares));
}

double SumCorrection::gain(double size) const
{
    return std::exp(m_coefficients.logGain(size));
}

double SumCorrection::halfBandOfAccuracy(double size, double changed) const
{
    return m_accuracyReach ? *m_accuracyReach * expectedError(size, changed) : 0.01 + changed;
}

double SumCorrection::halfBandOfChanged(double size, double changed) const
{
    return m_changedReach ? *m_changedReach * expectedError(size, changed) : 0.01 + changed;
}

} // namespace pare

// Corrects sums of changes by what recipes made of several were measured to do.
//
// Small changes of logits add up. Large ones do not: noise in one block is what the next has to work with, and a
// model that bears each change by itself may break under all of them, or saturate. So a sum is multiplied by a
// gain, exp(a·r + b·r²), r its size in units of the original's logits; a and b are those with which the measured
// recipes are best hit. Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace pare {

/// What a sum of changes does to the answers, times a gain.
struct AnswerShares
{
    double accuracy = 0;
    double changed = 0; ///< share of answers that differ from the original's
};

/// Gains at which shares of measured recipes are known: exp(logGain(i)).
constexpr std::size_t gainSteps = 25;
constexpr double logGain(std::size_t step)
{
    return -1.5 + 4.0 * static_cast<double>(step) / (gainSteps - 1);
}

/// A measured recipe.
struct CorrectionCase
{
    double size = 0; ///< r of its sum
    std::array<AnswerShares, gainSteps> summed = {};
    AnswerShares measured = {};
};

class SumCorrection
{
public:
    explicit SumCorrection(const std::vector<CorrectionCase> &cases);

    /// By how much a sum of size `size` is to be multiplied; 1 where no case says otherwise.
    double gain(double size) const;

    /// Half of the band about a corrected accuracy or share in which nine of ten measured recipes lay when the
    /// others corrected them (conformal: Vovk, Gammerman and Shafer 2005, leaving one out), in units of what is to be
    /// expected at that size and share. The share itself, and a point, while fewer than nine cases are known.
    double halfBandOfAccuracy(double size, double changed) const;
    double halfBandOfChanged(double size, double changed) const;

    std::size_t cases() const { return m_cases; }

private:
    struct Coefficients
    {
        double linear = 0;
        double quadratic = 0;

        double logGain(double size) const;
    };
    struct Fit;

    std::size_t m_cases = 0;
    Coefficients m_coefficients;
    std::optional<double> m_accuracyReach, m_changedReach; ///< in units; nothing: too few cases
};

} // namespace pare

// What a recipe that was never measured would probably answer: the sum of what its parts answered.
//
// Changes of logits are added, example by example, and the answers counted. Where recipes have been measured,
// what they lost is compared with what had been predicted, and the next prediction is corrected by that
// and gets the band in which nine of ten of them lay. Built once for a table and its runs; then any number of
// threads may ask.
#pragma once

#include "core/search/responsetable.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pare {

/// A recipe whose accuracy is known, as the responses it is made of.
struct MeasuredRecipe
{
    std::string run;                    ///< its id
    std::vector<std::size_t> responses; ///< of the table
    double accuracy = 0;
    double changed = 0; ///< share of answers that differ from the original's
};

/// A predicted value with its 90 % band; n: of how many measured recipes the band is made.
using Predicted = Interval;

struct Prediction
{
    Predicted accuracy;
    Predicted changed;          ///< share of answers that differ from the original's
    double summedAccuracy = 0;  ///< of the summed changes, before any correction
    double summedChanged = 0;
    double milliseconds = 0;    ///< of one answer
    std::vector<std::size_t> flips; ///< rows of the probe whose answer the sum changes
    std::int64_t rows = 0;          ///< of the probe, that all of its parts were asked
};

/// Takes predicted losses to those measured: loss + a·loss + b·share + c·share², the share of changed answers.
/// The coefficients are small unless the runs say otherwise (ridge regression).
class LossCorrection
{
public:
    struct Case
    {
        double loss = 0;     ///< predicted
        double changed = 0;  ///< predicted share of changed answers
        double measured = 0; ///< loss
    };

    explicit LossCorrection(std::vector<Case> cases);

    /// The corrected loss.
    double operator()(double loss, double changed) const;
    /// Half of the band about it: conformal, from what each case's loss is missed by when the others correct it
    /// (Vovk, Gammerman and Shafer 2005; the jackknife), in units of what is to be expected at that
    /// share. As wide as the share itself while fewer than nine cases are known.
    double halfBand(double changed) const;
    std::size_t cases() const { return m_cases.size(); }

private:
    std::vector<Case> m_cases;
    std::vector<double> m_coefficients;
    std::optional<double> m_reach; ///< of the band, in expected errors; nothing: too few cases
};

class Predictor
{
public:
    Predictor(const ResponseTable &table, std::span<const MeasuredRecipe> measured);

    /// Of the recipe made of these responses; those that were never asked count as no change.
    Prediction of(std::span<const std::size_t> responses) const;

private:
    struct Sum;
    Sum summed(std::span<const std::size_t> responses) const;

    const ResponseTable &m_table;
    std::optional<LossCorrection> m_accuracy;
    std::optional<LossCorrection> m_changed;
};

} // namespace pare

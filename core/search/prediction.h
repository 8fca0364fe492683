// What a recipe that was never measured would probably answer: the sum of what its parts answered.
//
// Changes of logits are added, example by example, and the answers counted. Where recipes have been measured,
// what they lost is compared with what had been predicted, and the next prediction is corrected by that
// and gets the band in which nine of ten of them lay. Built once for a table and its runs; then any number of
// threads may ask.
#pragma once

#include "core/model/layer.h"
#include "core/search/responsetable.h"
#include "core/search/sumcorrection.h"

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
    Predicted changed;         ///< share of answers that differ from the original's
    double summedAccuracy = 0; ///< of the summed changes, before any correction
    double summedChanged = 0;
    double milliseconds = 0;        ///< of one answer
    double gain = 1;                ///< that the sum was multiplied by
    std::vector<std::size_t> flips; ///< rows of the probe whose answer probably changes
    std::int64_t rows = 0;          ///< of the probe, that all of its parts were asked
};

/// Those of `runs` that are made of responses of `table`, all of which were asked: measured of the same model on the same
/// data, and neither trained nor taught. Throws nothing.
std::vector<MeasuredRecipe> measuredRecipes(const ResponseTable &table,
                                            const ModelDescription &model,
                                            std::span<const Run> runs);

class Predictor
{
public:
    /// `table` must outlive this.
    Predictor(const ResponseTable &table, std::span<const MeasuredRecipe> measured);

    /// Of the recipe made of these responses; those that were never asked count as no change.
    Prediction of(std::span<const std::size_t> responses) const;

private:
    struct Sum;
    Sum summed(std::span<const std::size_t> responses) const;
    void addJoints(std::vector<float> &changes, std::span<const std::size_t> responses) const;
    AnswerShares sharesOf(const Sum &sum, double gain) const;

    const ResponseTable &m_table;
    double m_scale = 1; ///< of the original's logits
    std::optional<SumCorrection> m_correction;
};

} // namespace pare

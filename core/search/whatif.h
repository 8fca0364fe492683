// Answers "what if" from what is known of a model: its response table and the runs of a project. Computes no
// answers.
//
// Belongs to one thread; the experiment must outlive it.
#pragma once

#include "core/experiment/experiment.h"
#include "core/search/layersweep.h"
#include "core/search/prediction.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pare {

struct WhatIfAnswer
{
    /// As a measurement would tell it: `accuracy` and `labelLoyalty` with the band in low and high, n the examples of
    /// the data; times and layers as far as they can be told.
    Run run;
    Prediction prediction;
    bool bytesAreExact = true; ///< else summed over what single layers save
    /// Parts that no sweep has asked: 'TECHNIQUE … @ PLACE'. Where there are any, the bands reach from 0 to 1.
    std::vector<std::string> unmeasured;
};

class WhatIf
{
public:
    /// `runs`: of the project; those of other models, data or seeds tell nothing. Throws InvalidSetting where no sweep
    /// has asked anything yet.
    WhatIf(const Experiment &experiment, std::span<const Run> runs);

    /// Throws InvalidSetting for a recipe that cannot hold or that trains.
    WhatIfAnswer of(const Recipe &recipe);

    /// To be kept with the run that measures `recipe`; nothing where it trains or parts of it were never asked.
    std::optional<RunPrediction> beforehand(const Recipe &recipe);

    /// What a run would have been predicted to be from the others; nothing where parts of it were never asked.
    std::optional<Prediction> inHindsight(const Run &run);

    const ResponseTable &table() const { return m_known.table(); }

private:
    WhatIf(const Experiment &experiment, KnownResponses known, std::span<const Run> runs);
    friend std::optional<RunPrediction> predictedBeforehand(const Experiment &experiment,
                                                            std::span<const Run> runs,
                                                            const Recipe &recipe);

    std::vector<std::size_t> responsesOf(const Recipe &recipe);

    const Experiment &m_experiment;
    KnownResponses m_known;
    std::vector<MeasuredRecipe> m_measured;
    std::optional<Predictor> m_predictor;
};

/// WhatIf::beforehand(); nothing, too, where no sweep has asked anything.
std::optional<RunPrediction> predictedBeforehand(const Experiment &experiment,
                                                 std::span<const Run> runs, const Recipe &recipe);

} // namespace pare

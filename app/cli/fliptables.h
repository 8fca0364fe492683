// Changed answers and slices of the data, as text for a terminal or as JSON.
#pragma once

#include "core/base/message.h"
#include "core/evaluation/flips.h"
#include "core/evaluation/slices.h"
#include "core/model/answers.h"
#include "core/model/run.h"
#include "core/search/blame.h"
#include "core/text/dataset.h"

#include <optional>
#include <vector>

namespace pare {

/// What `pare flips` tells of a run.
struct FlipStory
{
    Run run;
    RunAnswers answers;
    std::optional<Dataset> texts; ///< nothing where the data is not there any more
    Message withoutTexts;         ///< why
    int rareBelow = 0;            ///< rare words stand fewer times than that in the data
    std::vector<Flip> flips;      ///< all of them
    std::size_t shown = 0;        ///< so many are listed, from the first
    SlicesReport slices;
    std::optional<std::vector<AnswerBlame>> blames; ///< of those shown; nothing: not asked for
};

void printFlips(const FlipStory &story);

/// {"schema": 1, "run", "data", "changed", "better", "worse", "wrongEitherWay", "flips": […], "all",
/// "slices": […]}; with blame each flip has "blame": [{"layer", "estimated", "verified", "restores"}], and "agreement" is
/// Spearman's correlation of estimated and verified
void printFlipsJson(const FlipStory &story);

} // namespace pare

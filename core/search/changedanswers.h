// What a run answers otherwise than the original: the examples with their texts, the parts of the
// data in which that happens, and the layers that did it.
//
// Free functions without state; on the thread of one command or job.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/flips.h"
#include "core/evaluation/slices.h"
#include "core/search/blame.h"
#include "core/text/dataset.h"

#include <optional>
#include <span>
#include <vector>

namespace pare {

/// Words that stand fewer times than that in the data are rare.
inline constexpr int rareWordsBelow = 3;

struct ChangedAnswers
{
    std::optional<Dataset> texts; ///< nothing where the data is not there any more
    Message withoutTexts;         ///< why
    std::vector<Flip> flips;      ///< all of them, as flips() orders them
    SlicesReport slices;          ///< by label and, with texts, by words and rare words
};

/// Of a stored run. Data that is gone is no error; throws Cancelled.
ChangedAnswers changedAnswers(const Run &run, const RunAnswers &answers, Progress &progress,
                              const SliceOptions &options = {});

/// The data of a run as it was. Throws Error where it is gone or has changed.
Dataset answeredTexts(const Run &run, const AnsweredData &data);

/// blamedLayers() of a stored run, with the model and the data it measured. Throws Error as that, and InvalidFile where
/// the model has changed; Cancelled.
std::vector<AnswerBlame> blamesOf(const Run &run, std::span<const std::size_t> examples,
                                  Progress &progress);

} // namespace pare

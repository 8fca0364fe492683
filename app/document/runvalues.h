// What the document tells its views of finished runs: answers that changed, runs side by side, and
// layers that did it. Plain values.
#pragma once

#include "core/base/message.h"
#include "core/evaluation/flips.h"
#include "core/evaluation/slices.h"
#include "core/evaluation/verdicts.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pare {

/// What a run answers otherwise than the original.
struct RunFlips
{
    std::string run;                     ///< its id
    std::optional<Message> error;        ///< why nothing is known; the rest is empty then
    std::vector<std::string> labels;     ///< names of the classes
    std::vector<Flip> flips;             ///< those first that the original was surest of
    std::vector<std::string> texts;      ///< of each flip; none where the data is gone
    std::optional<Message> withoutTexts; ///< why
    SliceReport all;
    std::vector<SliceReport> collapsed; ///< parts of the data that a good mean hides
};

/// Runs side by side, the first of them the reference of the others.
struct RunComparison
{
    struct Answer
    {
        std::int32_t label = 0;
        double confidence = 0;
    };
    struct Difference
    {
        std::size_t example = 0;
        std::string text; ///< empty: not known
        std::int32_t gold = 0;
        std::vector<Answer> answers; ///< of each run
    };
    std::vector<std::string> runs; ///< ids
    std::optional<Message> error;  ///< why they cannot be compared; the rest is empty then
    std::int64_t examples = 0;
    std::vector<Interval> accuracies;    ///< of each run
    std::vector<Comparison> comparisons; ///< of each but the first
    std::vector<std::string> labels;     ///< names of the classes
    std::vector<Difference>
        differences; ///< examples that not all answer alike, in the data's order
    std::optional<Message> withoutTexts;
};

/// What it means for an answer to put one layer back as it was.
struct BlamedLayer
{
    std::string layer;
    double gain = 0;       ///< what the old answer's logit gains on the new one's
    bool restores = false; ///< the old answer is back
};

struct RunBlame
{
    struct Answer
    {
        std::size_t example = 0;
        std::vector<BlamedLayer> layers; ///< most effective first
    };
    std::string run;
    std::vector<Answer> answers;
};

} // namespace pare

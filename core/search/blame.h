// Which layers' compression changed an answer: those whose restoration brings the old one back.
//
// The truth is found by running the compressed model with the original layer in its place, from the layer's block on. What
// that would change is estimated before, from the block alone and the slopes of the answers behind it. Belongs to one command or job, on its thread.
#pragma once

#include "core/base/progress.h"
#include "core/experiment/experiment.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pare {

/// What it means for one changed answer to restore one layer.
struct LayerBlame
{
    std::string layer;
    double estimated = 0;  ///< what the old answer's logit gains on the new one's, to first order
                           ///< behind the layer's block
    double verified = 0;   ///< the same, run
    bool restores = false; ///< the old answer is back

    bool operator==(const LayerBlame &) const = default;
};

struct AnswerBlame
{
    std::size_t example = 0; ///< of the data
    std::int64_t before = 0; ///< the original's answer, a class index
    std::int64_t now = 0;
    std::vector<LayerBlame> layers; ///< most effective first
};

/// Of the examples whose answer `recipe` changes; others are left out. Throws InvalidSetting for a recipe that trains,
/// Unsupported for one that takes structure away; Error, Cancelled.
std::vector<AnswerBlame> blamedLayers(Experiment &experiment, const Recipe &recipe,
                                      std::span<const std::size_t> examples, Progress &progress);

/// Spearman's correlation of estimates and what was run, over all layers of all answers; nothing where they are fewer
/// than three.
std::optional<double> agreementOf(std::span<const AnswerBlame> answers);

} // namespace pare

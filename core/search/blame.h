// Which layers' compression changed an answer: those whose restoration brings the old one back.
//
// What a response table says of a layer is an estimate; the truth is found by running the compressed model with the
// original layer in its place, from the layer's block on. Belongs to one command or job, on its thread.
#pragma once

#include "core/base/progress.h"
#include "core/experiment/experiment.h"
#include "core/search/responsetable.h"

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
    std::optional<double>
        estimated; ///< what the old answer's logit gains on the new one's, by the table; nothing:
                   ///< never asked
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

/// Of the examples whose answer `recipe` changes; others are left out. `table` may lack responses, or all of them. Throws
/// InvalidSetting for a recipe that trains, Unsupported for one that takes structure away; Error, Cancelled.
std::vector<AnswerBlame> blamedLayers(Experiment &experiment, const Recipe &recipe,
                                      std::span<const std::size_t> examples,
                                      const ResponseTable *table, Progress &progress);

/// Spearman's correlation of estimates and what was run, over all layers of all answers for which both are known;
/// nothing where they are fewer than three.
std::optional<double> agreementOf(std::span<const AnswerBlame> answers);

} // namespace pare

// share.layers keep-weights=best: which of the weights that blocks share survives is tried out. The
// candidates are the weights of several of the blocks and their average; what each is worth,
// somebody who can run the model says. One thread at a time.
#pragma once

#include "core/base/progress.h"
#include "core/compression/plan.h"
#include "core/weights/weight.h"

#include <functional>
#include <vector>

namespace pare {

/// What a model answers on data that neither trained it nor tests it.
struct DevScore
{
    double accuracy = 0;
    double loss = 0; ///< mean cross-entropy: decides between equal accuracies
};

/// Of the model that a plan makes of `weights`.
using WeightScore = std::function<DevScore(const ModelWeights &weights)>;

/// Whether a checked recipe leaves a choice to what models score.
bool choosesSurvivors(const Recipe &recipe);

struct Survivors
{
    ModelWeights weights;       ///< those that share have the weights that won
    std::vector<Message> notes; ///< which ones these are
};

/// Settles every step with keep-weights=best, in order, those before it as they were settled. Of
/// `candidates=K` the first is the weights of the first block, then come the average and blocks
/// spread evenly over the others, the j-th of each group of blocks; among equals the first wins.
/// `plan` is of `weights`. Throws Unsupported for weights that are stored compressed, Cancelled,
/// and what `score` throws.
Survivors bestSurvivors(const ModelWeights &weights, const RecipePlan &plan,
                        const WeightScore &score, Progress &progress);

} // namespace pare

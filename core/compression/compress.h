// Carries a plan out on weights: what is measured and exported is made here, and nowhere else.
#pragma once

#include "core/base/progress.h"
#include "core/compression/factorize/decompositioncache.h"
#include "core/compression/inputsource.h"
#include "core/compression/plan.h"
#include "core/compression/share/survivors.h"
#include "core/weights/weight.h"

#include <functional>
#include <string>
#include <vector>

namespace pare {

struct CompressedModel;

/// What a compression may look at beside the weights; all of it may be missing.
struct CompressionContext
{
    DecompositionCache *decompositions = nullptr;
    const NetworkSpecification *specification = nullptr; ///< of the model: runs calibration data
    const CalibrationData *calibration = nullptr;
    const StatisticsStore *statistics = nullptr; ///< keeps what calibration data said
    /// Ids of the tokens that stay because `source` (a file; empty: the calibration data) uses them
    /// or the tokenizer cannot do without them, ascending; empty: no tokenizer is at hand.
    std::function<std::vector<int>(const std::string &source)> tokensOf = {};
    /// The calibration data for a model that knows only these tokens.
    std::function<CalibrationData(const std::vector<int> &tokens)> retokenised = {};
    /// What a finished model answers on dev data, where there is some.
    std::function<DevScore(const CompressedModel &model)> score = {};
};

/// The weights of the model that `plan` was made for, with every layer's form, mask and codec as
/// planned, in this order: dense values → product → mask of each factor → codec of each factor.
/// Layers that no step touches are passed on without a copy; parts of a touched layer that no step
/// sets stay as they are (a checkpoint's dtype, an earlier mask or codec), except that a mask does
/// not survive a new form. A layer that uses another's weight becomes Shared; its bias is undefined
/// where it uses the owner's too. Layers that the plan adds come with them. Reports layers. Throws
/// Unsupported naming the layer for weights that are not finite or that a codec cannot hold,
/// InvalidSetting where calibration data is missing, NotEnoughMemory, Cancelled.
ModelWeights compressed(const ModelWeights &original, const RecipePlan &plan, Progress &progress,
                        const CompressionContext &context = {});

/// What only the weights could tell of a plan that was carried out: layers that a rank by energy or
/// error left whole. `nameOf` gives the name that `made` has for a layer of the plan, where that
/// differs.
std::vector<Message> notesOn(const RecipePlan &plan, const ModelWeights &made,
                             const std::function<std::string(const std::string &)> &nameOf = {});

} // namespace pare

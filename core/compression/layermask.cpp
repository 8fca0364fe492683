#include "core/compression/layermask.h"

#include "core/base/error.h"
#include "core/compression/prune/mask.h"
#include "core/compression/prune/scores.h"
#include "core/compression/prune/sparsegpt.h"

#include <utility>

namespace pare {

namespace {

/// ∂L/∂V of the values V of one factor, with the others as they are.
at::Tensor gradientOf(const OpenLayer &layer, std::size_t factor, const LayerWork &work)
{
    std::vector<Factor> factors;
    for (const Draft &draft : layer.drafts) {
        factors.push_back(Factor::dense(draft.values));
        if (draft.inputScale.defined())
            factors.back() = factors.back().withInputScale(draft.inputScale);
    }
    const at::Tensor &whole = work.gradients.sum(layer.planned->name, work.progress);
    return factorGradients(withFactors(layer.kind, factors), whole)[factor];
}

/// The plan refuses what does not fit, except of layers that were stored as products before.
void checkBlocks(const OpenLayer &layer, std::size_t factor, const Step &pruning)
{
    const at::Tensor &values = layer.drafts[factor].values;
    if (const auto refusal =
            maskRefusal(*layer.planned->mask, {values.sizes().data(), values.sizes().size()},
                        pruning.technique, layer.planned->name))
        throw Error(ErrorKind::InvalidSetting, *refusal);
}

} // namespace

at::Tensor scoresOf(const OpenLayer &layer, std::size_t factor, const LayerWork &work)
{
    const Step &pruning = work.step(layer.planned->maskStep);
    const at::Tensor &values = layer.drafts[factor].values;
    checkBlocks(layer, factor, pruning);
    if (pruning.technique == "prune.first-order")
        return firstOrderScores(values, gradientOf(layer, factor, work));
    if (pruning.technique != "prune.wanda")
        return magnitudeScores(values);
    return wandaScores(values, inputsOf(layer, factor, pruning, work).norms);
}

void setMask(OpenLayer &layer, std::size_t factor, const LayerWork &work)
{
    Draft &draft = layer.drafts[factor];
    const Step &pruning = work.step(layer.planned->maskStep);
    checkBlocks(layer, factor, pruning);
    if (pruning.technique != "prune.sparsegpt") {
        draft.mask = maskOf(scoresOf(layer, factor, work), *layer.planned->mask);
        return;
    }
    SparseGptResult pruned = sparseGpt(draft.values, inputsOf(layer, factor, pruning, work).moment,
                                       *layer.planned->mask, {}, work.progress);
    draft.values = std::move(pruned.values);
    draft.mask = std::move(pruned.mask);
}

} // namespace pare

#include "core/compression/layerform.h"

#include "core/compression/factorize/weightedsvd.h"

#include <cassert>
#include <utility>

namespace pare {

namespace {

/// What counts in the error of a low rank form, for steps that look at more than the weights.
ErrorWeighting weightingOf(const OpenLayer &layer, const Step &form, const LayerWork &work)
{
    const std::string &name = layer.planned->name;
    if (form.technique == "factorize.fwsvd")
        return {.rows = fisherRows(work.gradients.squares(name, work.progress))};
    const std::shared_ptr<const InputStatistics> inputs = work.inputs.of(name, form);
    assert(inputs);
    if (form.technique == "factorize.asvd")
        return {.columns = activationColumns(inputs->meanMagnitudes(), form.real("alpha"))};
    return {.moment = inputs->secondMoment()};
}

LowRank lowRank(const OpenLayer &layer, const at::Tensor &values, const LayerWork &work)
{
    const Step &form = work.step(layer.planned->formStep);
    const std::int64_t rank = *layer.planned->rank;
    if (needOf(form) != Need::Nothing)
        return weightedDecomposition(values, weightingOf(layer, form, work), work.progress)
            .truncated(rank);
    const Decomposition decomposition = work.decompositions
                                            ? work.decompositions->decomposed(values, work.progress)
                                            : decomposed(values, work.progress);
    return truncated(values, decomposition, rank);
}

} // namespace

void setForm(OpenLayer &layer, const LayerWork &work)
{
    if (!layer.planned->rank)
        return;
    LowRank factors = lowRank(layer, denseValues(layer.kind), work);
    const Codec codec = layer.drafts.front().codec;
    layer.kind = Product{};
    layer.drafts = {{std::move(factors.left), {}, codec, {}},
                    {std::move(factors.right), {}, codec, {}}};
}

} // namespace pare

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

/// Nothing where a rank that follows from the singular values would save nothing.
std::optional<std::int64_t> rankOf(const PlannedLayer &planned, const at::Tensor &values,
                                   const at::Tensor &singularValues)
{
    if (planned.rank)
        return planned.rank;
    const at::Tensor all = singularValues.contiguous();
    const std::int64_t rank = rankWithin(
        *planned.rankBound, {all.data_ptr<double>(), static_cast<std::size_t>(all.numel())});
    return rankSaves(rank, values.size(0), values.size(1)) ? std::optional(rank) : std::nullopt;
}

std::optional<LowRank> lowRank(const OpenLayer &layer, const at::Tensor &values,
                               const LayerWork &work)
{
    const Step &form = work.step(layer.planned->formStep);
    if (looksAtData(form)) {
        const WeightedDecomposition decomposition =
            weightedDecomposition(values, weightingOf(layer, form, work), work.progress);
        const auto rank = rankOf(*layer.planned, values, decomposition.singularValues);
        return rank ? std::optional(decomposition.truncated(*rank)) : std::nullopt;
    }
    const Decomposition decomposition = work.decompositions
                                            ? work.decompositions->decomposed(values, work.progress)
                                            : decomposed(values, work.progress);
    const auto rank = rankOf(*layer.planned, values, decomposition.singularValues);
    return rank ? std::optional(truncated(values, decomposition, *rank)) : std::nullopt;
}

void setFactors(OpenLayer &layer, Weight kind, at::Tensor first, at::Tensor second)
{
    const Codec codec = layer.drafts.front().codec;
    layer.kind = std::move(kind);
    layer.drafts = {{std::move(first), {}, codec, {}}, {std::move(second), {}, codec, {}}};
}

} // namespace

void setForm(OpenLayer &layer, const LayerWork &work)
{
    if (!layer.planned->changesForm())
        return;
    const at::Tensor values = denseValues(layer.kind);
    if (const auto &shape = layer.planned->kronecker) {
        const KroneckerFactors factors = nearestKronecker(values, *shape, work.progress);
        return setFactors(layer, Kronecker{}, factors.a, factors.b);
    }
    if (const auto factors = lowRank(layer, values, work))
        setFactors(layer, Product{}, factors->left, factors->right);
}

} // namespace pare

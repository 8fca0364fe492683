#include "core/compression/openlayer.h"

#include "core/base/error.h"
#include "core/compression/messages.h"

#include <ATen/ops/isfinite.h>
#include <ATen/ops/ones.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace pare {

namespace {

/// Of some of the inputs only.
FactorInputs chosen(const FactorInputs &inputs, const at::Tensor &indices)
{
    const auto select = [&](const at::Tensor &values) { return values.index_select(0, indices); };
    FactorInputs some{
        select(inputs.norms), select(inputs.meanMagnitudes), {}, select(inputs.largest)};
    if (inputs.moment.defined())
        some.moment = select(inputs.moment).index_select(1, indices);
    return some;
}

/// The same behind a scale of the inputs.
FactorInputs scaled(FactorInputs inputs, const at::Tensor &scale)
{
    if (!scale.defined())
        return inputs;
    const at::Tensor factors = scale.to(at::kDouble);
    inputs.norms = inputs.norms.mul(factors.abs());
    inputs.meanMagnitudes = inputs.meanMagnitudes.mul(factors.abs().to(at::kFloat));
    if (inputs.largest.defined())
        inputs.largest = inputs.largest.mul(factors.abs().to(at::kFloat));
    if (inputs.moment.defined())
        inputs.moment = inputs.moment.mul(factors).mul(factors.unsqueeze(1));
    return inputs;
}

/// The factors a weight is made of, in a fixed order.
std::vector<const Factor *> factorsOf(const Weight &weight)
{
    if (const auto *product = std::get_if<Product>(&weight))
        return {&product->left, &product->right};
    if (const auto *kronecker = std::get_if<Kronecker>(&weight))
        return {&kronecker->a, &kronecker->b};
    if (const auto *columns = std::get_if<Columns>(&weight))
        return {&columns->chosen, &columns->rest};
    return {&std::get<Factor>(weight)};
}

void checkFinite(const std::string &layer, const at::Tensor &values)
{
    const at::Tensor finite = at::isfinite(values);
    const std::int64_t count = finite.sum().item<std::int64_t>();
    if (count != values.numel())
        throw Error(ErrorKind::Unsupported, messages::layerNotFinite, layer, values.numel() - count,
                    values.numel());
}

/// Makes one matrix of two kinds of columns.
void joinColumns(OpenLayer &layer)
{
    const auto &columns = std::get<Columns>(layer.kind);
    const at::Tensor values = denseValues(columns);
    at::Tensor mask;
    if (columns.chosen.isMasked() || columns.rest.isMasked()) {
        mask = at::ones(values.sizes(), at::kBool);
        if (columns.chosen.isMasked())
            mask.index_copy_(1, columns.indices.to(at::kLong), columns.chosen.mask());
        if (columns.rest.isMasked())
            mask.index_copy_(1, otherColumns(columns), columns.rest.mask());
    }
    layer.drafts = {{values, mask, layer.drafts.back().codec, {}}};
    layer.kind = Factor();
}

void multiplyOut(Draft &draft)
{
    if (draft.inputScale.defined())
        draft.values = draft.values.mul(draft.inputScale.to(at::kFloat));
    draft.inputScale = at::Tensor();
}

} // namespace

LayerWeights averaged(const PlannedLayer &planned, const ModelWeights &original)
{
    const LayerWeights &own = original.layers.at(planned.name);
    const auto share = static_cast<double>(planned.averagedWith.size() + 1);
    at::Tensor values = denseValues(own.weight).clone();
    at::Tensor bias = own.bias.defined() ? own.bias.to(at::kFloat).clone() : at::Tensor();
    for (const std::string &name : planned.averagedWith) {
        const LayerWeights &other = original.layers.at(name);
        values.add_(denseValues(other.weight));
        if (bias.defined())
            bias.add_(other.bias.to(at::kFloat));
    }
    if (bias.defined())
        bias = bias.div_(share).to(own.bias.scalar_type());
    return {Factor::dense(values.div_(share)), bias};
}

OpenLayer opened(const PlannedLayer &planned, const ModelWeights &start,
                 const ModelWeights &original)
{
    const Weight &weight = start.layers.at(planned.name).weight;
    OpenLayer layer{&planned, weight, {}, {}, {}};
    for (const Factor *factor : factorsOf(weight)) {
        layer.drafts.push_back(
            {factor->values(), factor->mask(), factor->codec(), factor->inputScale()});
        checkFinite(planned.name, layer.drafts.back().values);
    }
    if (!planned.averagedWith.empty())
        layer.drafts.front().codec =
            factorsOf(original.layers.at(planned.name).weight).front()->codec();
    if (planned.splitsColumns && std::holds_alternative<Columns>(layer.kind))
        joinColumns(layer);
    if (planned.scalesInputs || planned.splitsColumns) {
        for (Draft &draft : layer.drafts)
            multiplyOut(draft);
    }
    return layer;
}

Weight withFactors(const Weight &weight, const std::vector<Factor> &factors)
{
    if (std::holds_alternative<Product>(weight))
        return Product{factors[0], factors[1]};
    if (std::holds_alternative<Kronecker>(weight))
        return Kronecker{factors[0], factors[1]};
    if (const auto *columns = std::get_if<Columns>(&weight))
        return Columns{columns->indices, factors[0], factors[1]};
    return factors[0];
}

FactorInputs inputsOf(const OpenLayer &layer, std::size_t factor, const Step &step,
                      const LayerWork &work)
{
    const std::shared_ptr<const InputStatistics> inputs = work.inputs.of(layer.planned->name, step);
    assert(inputs);
    const FactorInputs own{inputs->norms(), inputs->meanMagnitudes(), inputs->secondMoment(),
                           inputs->largest()};
    const at::Tensor &scale = layer.drafts[factor].inputScale;
    if (layer.drafts.size() == 1)
        return scaled(own, scale);
    if (const auto *columns = std::get_if<Columns>(&layer.kind))
        return scaled(
            chosen(own, factor == 0 ? columns->indices.to(at::kLong) : otherColumns(*columns)),
            scale);
    if (!std::holds_alternative<Product>(layer.kind))
        throw Error(ErrorKind::Unsupported, messages::layerInputsUnknown, step.technique,
                    layer.planned->name);
    if (factor == 1)
        return scaled(own, scale);
    at::Tensor right = layer.drafts[1].values.to(at::kDouble);
    if (layer.drafts[1].inputScale.defined())
        right = right.mul(layer.drafts[1].inputScale.to(at::kDouble));
    const at::Tensor moment = right.matmul(inputs->secondMoment()).matmul(right.t());
    const at::Tensor norms = moment.diagonal().clamp_min(0).sqrt();
    const double rows = static_cast<double>(std::max<std::int64_t>(1, inputs->rows()));
    return scaled({norms, norms.div(std::sqrt(rows)).to(at::kFloat), moment, {}}, scale);
}

} // namespace pare

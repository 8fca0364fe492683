#include "core/compression/openlayer.h"

#include "core/base/error.h"
#include "core/compression/messages.h"

#include <ATen/ops/isfinite.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace pare {

namespace {

/// The same behind a scale of the inputs.
FactorInputs scaled(FactorInputs inputs, const at::Tensor &scale)
{
    if (!scale.defined())
        return inputs;
    const at::Tensor factors = scale.to(at::kDouble);
    inputs.norms = inputs.norms.mul(factors.abs());
    inputs.meanMagnitudes = inputs.meanMagnitudes.mul(factors.abs().to(at::kFloat));
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
    if (layer.drafts.size() == 1)
        return scaled({inputs->norms(), inputs->meanMagnitudes(), inputs->secondMoment()},
                      layer.drafts[0].inputScale);
    if (!std::holds_alternative<Product>(layer.kind))
        throw Error(ErrorKind::Unsupported, messages::layerInputsUnknown, step.technique,
                    layer.planned->name);
    if (factor == 1)
        return scaled({inputs->norms(), inputs->meanMagnitudes(), inputs->secondMoment()},
                      layer.drafts[1].inputScale);
    at::Tensor right = layer.drafts[1].values.to(at::kDouble);
    if (layer.drafts[1].inputScale.defined())
        right = right.mul(layer.drafts[1].inputScale.to(at::kDouble));
    const at::Tensor moment = right.matmul(inputs->secondMoment()).matmul(right.t());
    const at::Tensor norms = moment.diagonal().clamp_min(0).sqrt();
    const double rows = static_cast<double>(std::max<std::int64_t>(1, inputs->rows()));
    return {norms, norms.div(std::sqrt(rows)).to(at::kFloat), moment};
}

} // namespace pare

#include "core/checkpoint/scriptlayers.h"

#include "core/base/error.h"
#include "core/checkpoint/layerweights.h"
#include "core/checkpoint/messages.h"

#include <ATen/ops/aminmax.h>
#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/format.h>

namespace pare {

namespace {

constexpr float largestHalf = 65504;

void checkHalf(const at::Tensor &values, const std::string &owner)
{
    if (values.numel() == 0)
        return;
    const auto [low, high] = at::aminmax(values); // without a copy of them
    const float largest = std::max(-low.item<float>(), high.item<float>());
    if (!(largest <= largestHalf))
        throw Error(ErrorKind::Unsupported, messages::scriptTooLarge, owner, largest);
}

/// Whether the values are the weight's own memory, and all of it: a larger one would be written too.
bool liesIn(const Weight &weight, const at::Tensor &values)
{
    const auto *factor = std::get_if<Factor>(&weight);
    return factor && factor->codec().kind == CodecKind::Float32 && !factor->isMasked() &&
           values.is_contiguous() && values.storage().nbytes() == values.nbytes() &&
           values.data_ptr() == factor->denseValues().data_ptr();
}

bool roundsInputs(const Factor &factor)
{
    return factor.codec().activationBits == 8;
}

} // namespace

ScriptLayers::ScriptLayers(const ModelDescription &description, const ModelWeights &weights,
                           DType values, ScratchTensors scratch)
    : m_description(description)
    , m_weights(weights)
    , m_values(values)
    , m_scratch(std::move(scratch))
{
    if (values != DType::Float32 && values != DType::Float16)
        throw Error(ErrorKind::InvalidSetting, messages::scriptValues, nameOf(values));
}

const Layer &ScriptLayers::find(const std::string &name) const
{
    const Layer *layer = m_description.find(name);
    if (!layer)
        throw Error(ErrorKind::InvalidFile, messages::formatLayerMissing, name);
    requiredWeights(m_weights, *layer);
    return *layer;
}

std::string ScriptLayers::parameter(const std::string &owner, const std::string &part,
                                    const at::Tensor &values)
{
    std::string name = owner + part;
    std::ranges::replace(name, '.', '_');
    const bool isFloating = values.is_floating_point();
    const bool isNarrow = isFloating && m_values == DType::Float16;
    if (!m_parameters.contains(name)) {
        if (isNarrow)
            checkHalf(values, owner);
        const bool asItLies = !isNarrow && liesIn(m_weights.layers.at(owner).weight, values);
        m_parameters[name] =
            asItLies ? values : m_scratch.kept(isNarrow ? values.to(at::kHalf) : values);
    }
    constexpr auto widened = "torch.to(self.{}, 6)"; // 6: float32
    return isNarrow ? fmt::format(widened, name) : "self." + name;
}

std::string ScriptLayers::bias(const Layer &layer)
{
    return parameter(biasOwner(m_weights, layer), "_bias", requiredBias(m_weights, layer));
}

std::string ScriptLayers::multiplied(const std::string &owner, const std::string &part,
                                     const Factor &factor, const std::string &x,
                                     const std::string &bias)
{
    constexpr auto product = "torch.linear({}, {}, {})";
    if (!roundsInputs(factor))
        return fmt::format(product, x, parameter(owner, part, factor.effectiveValues()), bias);
    if (!factor.inputScale().defined())
        return fmt::format(product, fmt::format("self.rounded({})", x),
                           parameter(owner, part, factor.values()), bias);
    // Under names of their own: a table that is tied to this has the scale among its values.
    const std::string named = part;
    const std::string scale =
        parameter(owner, named + "_scale", factor.inputScale().to(at::kFloat));
    return fmt::format(product, fmt::format("self.rounded(torch.mul({}, {}))", x, scale),
                       parameter(owner, named + "_unscaled", factor.values()), bias);
}

std::string ScriptLayers::columns(const std::string &owner, const Columns &columns,
                                  const std::string &x, const std::string &bias)
{
    const auto chosen = [&](const char *part, const at::Tensor &indices) {
        return fmt::format("torch.index_select({}, -1, {})", x, parameter(owner, part, indices));
    };
    const std::string first = chosen("_indices", columns.indices.to(at::kLong));
    const std::string others = chosen("_others", otherColumns(columns));
    return fmt::format("torch.add({}, {})",
                       multiplied(owner, "_chosen", columns.chosen, first, bias),
                       multiplied(owner, "_rest", columns.rest, others, "None"));
}

std::string ScriptLayers::linear(const std::string &name, const std::string &x)
{
    const Layer &layer = find(name);
    const Weight &weight = requiredWeights(m_weights, layer).weight;
    const std::string owner = m_weights.ownerOf(name);
    const std::string shift = layer.bias ? bias(layer) : "None";
    if (const auto *factor = std::get_if<Factor>(&weight))
        return multiplied(owner, "_weight", *factor, x, shift);
    if (const auto *product = std::get_if<Product>(&weight)) {
        const std::string inner = multiplied(owner, "_right", product->right, x, "None");
        return multiplied(owner, "_left", product->left, inner, shift);
    }
    if (const auto *parts = std::get_if<Columns>(&weight);
        parts && (roundsInputs(parts->chosen) || roundsInputs(parts->rest)))
        return columns(owner, *parts, x, shift);
    if (const auto *kronecker = std::get_if<Kronecker>(&weight);
        kronecker && (roundsInputs(kronecker->a) || roundsInputs(kronecker->b)))
        throw Error(ErrorKind::Unsupported, messages::scriptRounding, name);
    return fmt::format("torch.linear({}, {}, {})", x,
                       parameter(owner, "_weight", denseValues(weight)), shift);
}

std::string ScriptLayers::rows(const std::string &name, const std::string &ids)
{
    if (isProduct(name))
        return timesRight(name, leftRows(name, ids));
    const Weight &weight = requiredWeights(m_weights, find(name)).weight;
    return fmt::format("torch.embedding({}, {})",
                       parameter(m_weights.ownerOf(name), "_weight", denseValues(weight)), ids);
}

std::string ScriptLayers::firstRows(const std::string &name, const std::string &count)
{
    const Weight &weight = requiredWeights(m_weights, find(name)).weight;
    return fmt::format("torch.narrow({}, 0, 0, {})",
                       parameter(m_weights.ownerOf(name), "_weight", denseValues(weight)), count);
}

std::string ScriptLayers::norm(const std::string &name, const std::string &x, double epsilon)
{
    const Layer &layer = find(name);
    const Weight &weight = requiredWeights(m_weights, layer).weight;
    return fmt::format("torch.layer_norm({}, [{}], {}, {}, {:.17e})", x, layer.shape[0],
                       parameter(m_weights.ownerOf(name), "_weight", denseValues(weight)),
                       bias(layer), epsilon);
}

std::string ScriptLayers::leftRows(const std::string &name, const std::string &ids)
{
    const auto &product = std::get<Product>(requiredWeights(m_weights, find(name)).weight);
    return fmt::format("torch.embedding({}, {})",
                       parameter(m_weights.ownerOf(name), "_left", product.left.effectiveValues()),
                       ids);
}

std::string ScriptLayers::timesRight(const std::string &name, const std::string &x)
{
    const auto &product = std::get<Product>(requiredWeights(m_weights, find(name)).weight);
    return fmt::format(
        "torch.matmul({}, {})", x,
        parameter(m_weights.ownerOf(name), "_right", product.right.effectiveValues()));
}

bool ScriptLayers::isProduct(const std::string &name) const
{
    return std::holds_alternative<Product>(requiredWeights(m_weights, find(name)).weight);
}

} // namespace pare

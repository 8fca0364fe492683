#include "core/experiment/plainforward.h"

#include "core/checkpoint/densemodel.h"
#include "core/model/architecture.h"
#include "core/network/computing.h"
#include "core/tensors/scalartype.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/round.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softmax.h>
#include <cmath>
#include <fmt/format.h>

namespace pare {

namespace {

constexpr double minusInfinity = -3.4028234663852886e+38; // the lowest float32

at::Tensor activated(Activation activation, const at::Tensor &x)
{
    switch (activation) {
    case Activation::Gelu:
        return at::gelu(x);
    case Activation::GeluTanh:
        return at::gelu(x, "tanh");
    case Activation::Relu:
        return x.relu();
    case Activation::Silu:
        return at::silu(x);
    case Activation::Tanh:
        break;
    }
    return x.tanh();
}

/// Inputs in 8 bits, one scale for each token.
at::Tensor rounded(const at::Tensor &x)
{
    const at::Tensor scales = x.abs().amax({-1}, true).div(127.0).clamp_min(1e-12);
    return at::round(x.div(scales)).mul(scales);
}

class PlainForward
{
public:
    PlainForward(const ExportSource &source, DType values)
        : m_network(source.specification)
        , m_weights(source.weights)
        , m_values(values)
    {}

    at::Tensor operator()(const PaddedBatch &batch) const
    {
        at::Tensor hidden = batch.seen.eq(0).unsqueeze(1).unsqueeze(1);
        at::Tensor x = embedded(batch, hidden);
        if (m_network.block().causal) {
            const at::Tensor places = at::arange(x.size(1));
            hidden = hidden.logical_or(places.unsqueeze(0).gt(places.unsqueeze(1)));
        }
        for (int block = 0; block < m_network.stacks[0].blocks; ++block)
            x = blockOf(block, x, hidden);
        if (hasMaskedLm(m_network.head)) {
            x = activated(m_network.block().activation, linear("mlm.transform", x));
            return linear("mlm.decoder", normed("mlm.norm", x));
        }
        const at::Tensor pooled = linear("pooler", x.select(1, 0)).tanh();
        return linear(hasPair(m_network.head) ? "pair" : "classifier", pooled);
    }

private:
    at::Tensor asStored(const at::Tensor &values) const
    {
        return values.defined() ? values.to(scalarTypeOf(m_values)).to(at::kFloat) : values;
    }
    const Weight &weightOf(const std::string &layer) const
    {
        return m_weights.resolved(layer).weight;
    }
    at::Tensor bias(const std::string &layer) const { return asStored(biasOf(m_weights, layer)); }

    at::Tensor multiplied(const Factor &factor, const at::Tensor &x, const at::Tensor &bias) const
    {
        if (factor.codec().activationBits != 8)
            return at::linear(x, asStored(factor.effectiveValues()), bias);
        const at::Tensor scale = factor.inputScale();
        const at::Tensor scaled = scale.defined() ? x.mul(asStored(scale.to(at::kFloat))) : x;
        return at::linear(rounded(scaled), asStored(factor.values()), bias);
    }

    at::Tensor linear(const std::string &layer, const at::Tensor &x) const
    {
        const Weight &weight = weightOf(layer);
        if (const auto *factor = std::get_if<Factor>(&weight))
            return multiplied(*factor, x, bias(layer));
        if (const auto *product = std::get_if<Product>(&weight))
            return multiplied(product->left, multiplied(product->right, x, {}), bias(layer));
        if (const auto *parts = std::get_if<Columns>(&weight); parts && roundsInputs(weight)) {
            const at::Tensor chosen = x.index_select(-1, parts->indices.to(at::kLong));
            return multiplied(parts->chosen, chosen, bias(layer))
                .add(multiplied(parts->rest, x.index_select(-1, otherColumns(*parts)), {}));
        }
        return at::linear(x, asStored(denseValues(weight)), bias(layer));
    }

    at::Tensor normed(const std::string &layer, const at::Tensor &x) const
    {
        return at::layer_norm(x, {x.size(-1)}, asStored(denseValues(weightOf(layer))), bias(layer),
                              m_network.block().normEpsilon);
    }

    at::Tensor attended(const std::string &prefix, const at::Tensor &x, const at::Tensor &hidden,
                        int heads) const
    {
        const auto split = [&](const char *part) {
            const at::Tensor all = linear(prefix + part, x);
            return all.reshape({x.size(0), x.size(1), heads, all.size(2) / heads}).transpose(1, 2);
        };
        const at::Tensor query = split("query"), key = split("key"), value = split("value");
        const double scale = std::pow(static_cast<double>(query.size(3)), -0.5);
        const at::Tensor scores = query.matmul(key.transpose(2, 3)).mul(scale);
        const at::Tensor shares = at::softmax(scores.masked_fill(hidden, minusInfinity), -1);
        const at::Tensor context = shares.matmul(value).transpose(1, 2);
        return linear(prefix + "output",
                      context.reshape({x.size(0), x.size(1), heads * query.size(3)}));
    }

    at::Tensor embedded(const PaddedBatch &batch, const at::Tensor &hidden) const
    {
        const auto rows = [this](const char *layer) {
            return asStored(denseValues(weightOf(layer)));
        };
        const auto *product = std::get_if<Product>(&weightOf("embedding.token"));
        at::Tensor x = product ? at::embedding(asStored(product->left.effectiveValues()), batch.ids)
                               : at::embedding(rows("embedding.token"), batch.ids);
        if (const int heads = m_network.embedding.attentionHeads; heads > 0)
            x = x.add(attended("embedding.attention.", x, hidden, heads));
        if (product)
            x = x.matmul(asStored(product->right.effectiveValues()));
        x = x.add(rows("embedding.position").narrow(0, 0, batch.ids.size(1)));
        x = x.add(at::embedding(rows("embedding.type"), batch.types));
        return normed("embedding.norm", x);
    }

    at::Tensor blockOf(int number, const at::Tensor &x, const at::Tensor &hidden) const
    {
        const StackSpecification &stack = m_network.stacks[0];
        const std::string prefix = fmt::format("{}.{}.", stack.name, number);
        const at::Tensor after =
            normed(prefix + "attention.norm",
                   attended(prefix + "attention.", x, hidden, stack.heads(number)).add(x));
        giveMemoryBack(); // each product widened its weights anew
        const at::Tensor inner =
            activated(stack.block.activation, linear(prefix + "ffn.up", after));
        return normed(prefix + "ffn.norm", linear(prefix + "ffn.down", inner).add(after));
    }

    const NetworkSpecification &m_network;
    const ModelWeights &m_weights;
    DType m_values;
};

} // namespace

at::Tensor plainAnswers(const ExportSource &source, DType values, const EncodedData &data,
                        std::int64_t batchTokens, Progress &progress)
{
    const PlainForward forward(source, values);
    return paddedAnswers(
        data, batchTokens,
        [&](const PaddedBatch &batch) {
            at::Tensor answers = forward(batch);
            source.checkpoint->releasePages();
            return answers;
        },
        progress);
}

} // namespace pare

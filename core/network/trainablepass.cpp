#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/network/batchcheck.h"
#include "core/network/linearfunction.h"
#include "core/network/trainableoperations.h"
#include "core/network/trainablestate.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/tanh.h>
#include <algorithm>
#include <array>

namespace pare {

namespace {

/// Gives each use of dropout in one forward pass a key of its own.
class DropoutKeys
{
public:
    explicit DropoutKeys(const std::optional<DropoutStep> &step)
        : m_random(step ? step->seed ^ stableHash("dropout") : 0,
                   step ? static_cast<std::uint64_t>(step->step) : 0)
        , m_active(step.has_value())
    {}

    Dropout next(double probability)
    {
        const std::uint64_t key = m_random();
        return m_active ? Dropout{key, static_cast<float>(probability)} : Dropout{};
    }

private:
    Random m_random;
    bool m_active;
};

at::Tensor activated(Activation activation, const at::Tensor &x)
{
    switch (activation) {
    case Activation::Gelu:
        return trainedGelu(x);
    case Activation::GeluTanh:
        return at::gelu(x, "tanh");
    case Activation::Relu:
        return at::relu(x);
    case Activation::Silu:
        return at::silu(x);
    case Activation::Tanh:
        return at::tanh(x);
    }
    return x;
}

/// Calls `border` now and when the gradient comes back past this point.
void markBorder(const at::Tensor &x, const std::function<void()> &border)
{
    if (!border)
        return;
    border();
    if (x.requires_grad())
        x.register_hook([border](const at::Tensor &) { border(); });
}

} // namespace

struct TrainablePass::State
{
    const TrainableNetwork::State &network;
    const PackedBatch &batch;
    const ForwardOptions options;
    DropoutKeys keys;
    std::map<const TrainableWeight *, std::vector<at::Tensor>> views = {};

    const NetworkSpecification &specification() const { return network.specification; }
    const UsedLayer &layer(const std::string &name) const { return network.layers.at(name); }
    const std::vector<at::Tensor> &viewsOf(const UsedLayer &used);
    at::Tensor dense(const UsedLayer &used);
    at::Tensor bias(const UsedLayer &used) const;
    at::Tensor linear(const std::string &name, const at::Tensor &x);
    at::Tensor norm(const std::string &name, const at::Tensor &x, const at::Tensor &residual,
                    const Dropout &dropout);
    at::Tensor queryKeyValue(const std::string &prefix, const at::Tensor &x);
    at::Tensor rows(const std::string &table, std::span<const std::int64_t> ids);
    at::Tensor tokenRows();
};

const std::vector<at::Tensor> &TrainablePass::State::viewsOf(const UsedLayer &used)
{
    const auto [found, isNew] = views.try_emplace(used.weight.get());
    if (isNew)
        found->second = used.weight->views();
    return found->second;
}

at::Tensor TrainablePass::State::dense(const UsedLayer &used)
{
    const at::Tensor whole = used.weight->dense(viewsOf(used));
    return used.transposed ? whole.t() : whole;
}

at::Tensor TrainablePass::State::bias(const UsedLayer &used) const
{
    if (used.biasType == at::kFloat || !used.bias.defined())
        return used.bias;
    return straightThrough(used.bias, used.bias.detach().to(used.biasType).to(at::kFloat), {});
}

at::Tensor TrainablePass::State::linear(const std::string &name, const at::Tensor &x)
{
    const UsedLayer &used = layer(name);
    if (used.transposed)
        return trainedLinear(x, dense(used).contiguous(), bias(used), options.precision);
    return used.weight->multiplied(viewsOf(used), x, bias(used), options.precision);
}

at::Tensor TrainablePass::State::norm(const std::string &name, const at::Tensor &x,
                                      const at::Tensor &residual, const Dropout &dropout)
{
    const UsedLayer &used = layer(name);
    return trainedNorm(x, residual, dense(used), bias(used), specification().block().normEpsilon,
                       dropout);
}

/// One product for all three where each is nothing but a matrix.
at::Tensor TrainablePass::State::queryKeyValue(const std::string &prefix, const at::Tensor &x)
{
    constexpr std::array parts{"query", "key", "value"};
    const bool plain = std::ranges::all_of(parts, [&](const char *part) {
        const UsedLayer &used = layer(prefix + part);
        return used.weight->isPlain() && used.bias.defined();
    });
    std::vector<at::Tensor> weights;
    std::vector<at::Tensor> biases;
    std::vector<at::Tensor> results;
    for (const char *part : parts) {
        const UsedLayer &used = layer(prefix + part);
        if (!plain) {
            results.push_back(linear(prefix + part, x));
            continue;
        }
        weights.push_back(dense(used));
        biases.push_back(bias(used));
    }
    return plain ? trainedLinears(x, weights, biases, options.precision) : at::cat(results, 1);
}

at::Tensor TrainablePass::State::rows(const std::string &table, std::span<const std::int64_t> ids)
{
    const UsedLayer &used = layer(table);
    const auto *product = std::get_if<Product>(&used.weight->start());
    const bool narrow = product && !used.transposed && !product->left.inputScale().defined() &&
                        !product->right.inputScale().defined();
    if (!narrow)
        return trainedRows(dense(used).contiguous(), ids);
    const std::vector<at::Tensor> &factors = viewsOf(used);
    return trainedLinear(trainedRows(factors[0], ids), factors[1].t().contiguous(), {},
                         options.precision);
}

at::Tensor TrainablePass::State::tokenRows()
{
    const EmbeddingSpecification &embedding = specification().embedding;
    if (embedding.attentionHeads == 0)
        return rows("embedding.token", batch.ids);
    const std::vector<at::Tensor> &table = viewsOf(layer("embedding.token"));
    const at::Tensor x = trainedRows(table[0], batch.ids);
    const AttentionShape heads{embedding.attentionHeads,
                               embedding.attentionWidth / embedding.attentionHeads, false};
    const at::Tensor context =
        trainedAttention(queryKeyValue("embedding.attention.", x), batch.groups, heads,
                         keys.next(specification().dropout.attention));
    const at::Tensor seen = trainedDropout(linear("embedding.attention.output", context),
                                           keys.next(specification().dropout.hidden));
    return trainedLinear(x.add(seen), table[1].t().contiguous(), {}, options.precision);
}

TrainablePass::TrainablePass(const TrainableNetwork &network, const PackedBatch &batch,
                             const ForwardOptions &options)
    : m_state(new State{*network.m_state, batch, options, DropoutKeys(options.dropout)})
{
    checkBatch(batch, network.m_state->specification.embedding);
}

TrainablePass::~TrainablePass() = default;

at::Tensor TrainablePass::embedded()
{
    State &pass = *m_state;
    at::Tensor x = pass.tokenRows();
    x = x.add(pass.rows("embedding.position", pass.batch.positions));
    x = x.add(pass.rows("embedding.type", pass.batch.types));
    x = pass.norm("embedding.norm", x, {}, {});
    x = trainedDropout(x, pass.keys.next(pass.specification().dropout.hidden));
    markBorder(x, pass.options.border);
    return x;
}

BlockOutput TrainablePass::block(int number, const at::Tensor &x,
                                 std::span<const std::int64_t> rows)
{
    State &pass = *m_state;
    const StackSpecification &stack = pass.specification().stacks.front();
    const BlockSpecification &shape = stack.block;
    const std::string prefix = stack.name + "." + std::to_string(number) + ".";
    const DropoutSpecification &dropout = pass.specification().dropout;
    const AttentionShape heads{stack.heads(number), shape.headWidth(), shape.causal};
    const at::Tensor queryKeyValue = pass.queryKeyValue(prefix + "attention.", x);
    at::Tensor context = trainedAttention(queryKeyValue, pass.batch.groups, heads,
                                          pass.keys.next(dropout.attention));
    at::Tensor residual = x;
    if (!rows.empty()) {
        context = trainedRows(context, rows);
        residual = trainedRows(residual, rows);
    }
    const at::Tensor attended =
        pass.norm(prefix + "attention.norm", pass.linear(prefix + "attention.output", context),
                  residual, pass.keys.next(dropout.hidden));
    const at::Tensor inner =
        activated(shape.activation, pass.linear(prefix + "ffn.up", attended));
    const at::Tensor hidden =
        pass.norm(prefix + "ffn.norm", pass.linear(prefix + "ffn.down", inner), attended,
                  pass.keys.next(dropout.hidden));
    markBorder(hidden, pass.options.border);
    return {hidden, queryKeyValue};
}

NetworkTrace TrainablePass::traced()
{
    NetworkTrace trace;
    trace.embedding = embedded();
    at::Tensor x = trace.embedding;
    for (int i = 0; i < m_state->specification().stacks.front().blocks; ++i) {
        trace.blocks.push_back(block(i, x));
        x = trace.blocks.back().hidden;
    }
    return trace;
}

at::Tensor TrainablePass::classLogits(const at::Tensor &first)
{
    State &pass = *m_state;
    const at::Tensor pooled = at::tanh(pass.linear("pooler", first));
    return pass.linear("classifier",
                       trainedDropout(pooled, pass.keys.next(
                                                  pass.specification().dropout.classifier)));
}

at::Tensor TrainablePass::pairLogits(const at::Tensor &first)
{
    return m_state->linear("pair", at::tanh(m_state->linear("pooler", first)));
}

at::Tensor TrainablePass::tokenLogits(const at::Tensor &hidden)
{
    State &pass = *m_state;
    const at::Tensor inner = activated(pass.specification().block().activation,
                                       pass.linear("mlm.transform", hidden));
    return pass.linear("mlm.decoder", pass.norm("mlm.norm", inner, {}, {}));
}

} // namespace pare

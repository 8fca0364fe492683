#include "core/network/trainablenetwork.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/model/architecture.h"
#include "core/network/linearfunction.h"
#include "core/network/messages.h"
#include "core/network/normaldraw.h"
#include "core/network/tokenrows.h"
#include "core/network/trainableoperations.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <fmt/ranges.h>

namespace pare {

namespace {

/// A layer as it is used: its own weight, or that of the layer that owns it.
struct UsedLayer
{
    std::shared_ptr<TrainableWeight> weight;
    at::Tensor bias;
    at::ScalarType biasType = at::kFloat; ///< in which it is stored
    std::string owner; ///< empty: owns its weight
    bool transposed = false;
    bool ownBias = false;
};

at::Tensor trainableCopy(const at::Tensor &tensor)
{
    return tensor.to(at::kFloat, false, true).contiguous().requires_grad_(true);
}

std::shared_ptr<TrainableWeight> trainable(const Weight &weight)
{
    return std::make_shared<TrainableWeight>(weight);
}

void checkShape(const Layer &layer, const std::vector<std::int64_t> &found)
{
    if (found != layer.shape)
        throw Error(ErrorKind::InvalidFile, messages::networkLayerShape, layer.name,
                    fmt::format("{}", fmt::join(layer.shape, ", ")),
                    fmt::format("{}", fmt::join(found, ", ")));
}

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

struct TrainableNetwork::State
{
    NetworkSpecification specification;
    std::map<std::string, UsedLayer> layers;
    std::vector<std::string> order;
    std::vector<NamedParameter> parameters;

    void take(const Layer &layer, const ModelWeights &weights, const TrainableOptions &options);
    void draw(const Layer &layer, std::uint64_t seed);
    void takeTokenRows(const ModelWeights &weights, const TrainableOptions &options);
    void drawTokenRows(const Layer &layer, std::uint64_t seed);
    void resolve(const Layer &layer);
    void listParameters();
    void check(const PackedBatch &batch) const;

    /// Each weight once.
    template <class Work>
    void forEachWeight(const Work &work) const
    {
        for (const std::string &name : order) {
            const UsedLayer &used = layers.at(name);
            if (used.owner.empty())
                work(*used.weight);
        }
    }
};

namespace {

/// The dense matrix a layer was before anything was done to it, where that is known.
at::Tensor originalOf(const std::string &layer, const TrainableOptions &options)
{
    if (!options.originals || !options.originals->layers.contains(layer))
        return {};
    const Weight &weight = options.originals->layers.at(layer).weight;
    return std::holds_alternative<Shared>(weight) ? at::Tensor() : denseValues(weight);
}

std::optional<LearnedMask> maskOf(const std::string &layer, const TrainableOptions &options)
{
    const auto found = options.masks.find(layer);
    return found == options.masks.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

void TrainableNetwork::State::take(const Layer &layer, const ModelWeights &weights,
                                   const TrainableOptions &options)
{
    const LayerWeights &given = weights.layers.at(layer.name);
    UsedLayer &used = layers[layer.name];
    if (const auto *shared = std::get_if<Shared>(&given.weight)) {
        used.owner = weights.ownerOf(layer.name);
        used.transposed = shared->transposed;
    } else {
        checkShape(layer, shapeOf(given.weight));
        used.weight = options.form == TrainedForm::Dense
                          ? trainable(Factor::dense(denseValues(given.weight)))
                          : std::make_shared<TrainableWeight>(given.weight,
                                                              originalOf(layer.name, options),
                                                              maskOf(layer.name, options));
    }
    if (given.bias.defined()) {
        used.bias = trainableCopy(given.bias);
        if (options.form == TrainedForm::Stored)
            used.biasType = given.bias.scalar_type();
        used.ownBias = true;
    }
}

void TrainableNetwork::State::draw(const Layer &layer, std::uint64_t seed)
{
    UsedLayer &used = layers[layer.name];
    if (!layer.sharedWith.empty())
        used.owner = layer.sharedWith;
    else if (layer.isMatrix())
        used.weight = trainable(Factor::dense(
            normalDraw(layer.shape, specification.initializerRange, seed, layer.name)));
    else
        used.weight = trainable(Factor::dense(at::full(layer.shape, 1, at::kFloat)));
    if (layer.bias) {
        used.bias = trainableCopy(at::zeros({layer.shape[0]}, at::kFloat));
        used.ownBias = true;
    }
}

void TrainableNetwork::State::takeTokenRows(const ModelWeights &weights,
                                            const TrainableOptions &options)
{
    const Product &table = narrowTokenTable(specification, weights);
    const bool dense = options.form == TrainedForm::Dense;
    layers["embedding.token"].weight =
        trainable(dense ? Product{Factor::dense(table.left.effectiveValues()),
                                  Factor::dense(table.right.effectiveValues())}
                        : table);
}

/// Their product is drawn as wide as a table of its own would be.
void TrainableNetwork::State::drawTokenRows(const Layer &layer, std::uint64_t seed)
{
    const std::int64_t rank = specification.embedding.attentionWidth;
    layers[layer.name].weight = trainable(
        Product{Factor::dense(normalDraw({layer.shape[0], rank}, specification.initializerRange,
                                         seed, layer.name + ".left")),
                Factor::dense(normalDraw({rank, layer.shape[1]},
                                         1 / std::sqrt(static_cast<double>(rank)), seed,
                                         layer.name + ".right"))});
}

/// Gives a layer without a weight of its own that of its owner.
void TrainableNetwork::State::resolve(const Layer &layer)
{
    UsedLayer &used = layers.at(layer.name);
    if (used.owner.empty())
        return;
    const auto owner = layers.find(used.owner);
    if (owner == layers.end())
        throw Error(ErrorKind::InvalidFile, messages::networkLayerMissing, used.owner);
    used.weight = owner->second.weight;
    std::vector<std::int64_t> shape = shapeOf(used.weight->start());
    if (used.transposed)
        std::ranges::reverse(shape);
    checkShape(layer, shape);
    if (!used.bias.defined()) {
        used.bias = owner->second.bias;
        used.biasType = owner->second.biasType;
    }
}

void TrainableNetwork::State::listParameters()
{
    for (const std::string &name : order) {
        const UsedLayer &used = layers.at(name);
        if (used.owner.empty())
            used.weight->listParameters(name + ".weight", parameters);
        if (used.ownBias)
            parameters.push_back({name + ".bias", ParameterKind::Vector, used.bias});
    }
}

TrainableNetwork::TrainableNetwork(const NetworkSpecification &specification,
                                   const ModelWeights &weights, const TrainableOptions &options)
    : m_state(std::make_unique<State>())
{
    assert(specification.stacks.size() == 1 && specification.block().normPlace == NormPlace::Post);
    m_state->specification = specification;
    translatingTorchErrors([&] {
        checkDecoderOfTokenRows(specification, weights);
        const ModelDescription description = describe(specification);
        for (const Layer &layer : description.layers) {
            const bool given = weights.layers.contains(layer.name);
            const bool narrow = layer.role == LayerRole::TokenEmbedding &&
                                specification.embedding.attentionHeads > 0;
            m_state->order.push_back(layer.name);
            if (narrow && given)
                m_state->takeTokenRows(weights, options);
            else if (narrow)
                m_state->drawTokenRows(layer, options.seed);
            else if (given)
                m_state->take(layer, weights, options);
            else
                m_state->draw(layer, options.seed);
        }
        for (const Layer &layer : description.layers)
            m_state->resolve(layer);
        m_state->listParameters();
    });
}

TrainableNetwork::~TrainableNetwork() = default;
TrainableNetwork::TrainableNetwork(TrainableNetwork &&) noexcept = default;

void TrainableNetwork::State::check(const PackedBatch &batch) const
{
    const EmbeddingSpecification &embedding = specification.embedding;
    for (const std::int64_t id : batch.ids) {
        if (id < 0 || id >= embedding.vocabulary)
            throw Error(ErrorKind::InvalidSetting, messages::networkToken, id,
                        embedding.vocabulary);
    }
    for (const PackedBatch::Group &group : batch.groups) {
        if (group.length > embedding.positions)
            throw Error(ErrorKind::InvalidSetting, messages::networkTooLong, group.length,
                        embedding.positions);
    }
    for ([[maybe_unused]] const std::int64_t type : batch.types)
        assert(type >= 0 && type < embedding.tokenTypes);
}

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
    return plain ? trainedLinear(x, at::cat(weights), at::cat(biases), options.precision) : at::cat(results, 1);
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
    network.m_state->check(batch);
}

TrainablePass::~TrainablePass() = default;

at::Tensor TrainablePass::embedded()
{
    State &pass = *m_state;
    at::Tensor x = pass.tokenRows();
    x = x.add(pass.rows("embedding.position", pass.batch.positions));
    x = x.add(pass.rows("embedding.type", pass.batch.types));
    x = pass.norm("embedding.norm", x, {}, {});
    return trainedDropout(x, pass.keys.next(pass.specification().dropout.hidden));
}

BlockOutput TrainablePass::block(int number, const at::Tensor &x,
                                 std::span<const std::int64_t> rows)
{
    State &pass = *m_state;
    markBorder(x, pass.options.border);
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

namespace {

at::Tensor throughBlocks(TrainablePass &pass, const StackSpecification &stack,
                         std::span<const std::int64_t> rows, const ForwardOptions &options)
{
    at::Tensor x = pass.embedded();
    for (int i = 0; i < stack.blocks; ++i) {
        const bool last = i + 1 == stack.blocks;
        x = pass.block(i, x, last ? rows : std::span<const std::int64_t>()).hidden;
    }
    markBorder(x, options.border);
    return x;
}

} // namespace

at::Tensor TrainableNetwork::hiddenStates(const PackedBatch &batch,
                                          std::span<const std::int64_t> rows,
                                          const ForwardOptions &options) const
{
    return translatingTorchErrors([&] {
        TrainablePass pass(*this, batch, options);
        return throughBlocks(pass, specification().stacks.front(), rows, options);
    });
}

at::Tensor TrainableNetwork::logits(const PackedBatch &batch, const ForwardOptions &options) const
{
    if (specification().head != HeadKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "classification");
    return translatingTorchErrors([&] {
        TrainablePass pass(*this, batch, options);
        return pass.classLogits(
            throughBlocks(pass, specification().stacks.front(), batch.starts, options));
    });
}

at::Tensor TrainableNetwork::vocabularyLogits(const PackedBatch &batch,
                                              std::span<const std::int64_t> rows,
                                              const ForwardOptions &options) const
{
    if (!hasMaskedLm(specification().head))
        throw Error(ErrorKind::Unsupported, messages::networkHead, "masked-LM");
    return translatingTorchErrors([&] {
        TrainablePass pass(*this, batch, options);
        return pass.tokenLogits(
            throughBlocks(pass, specification().stacks.front(), rows, options));
    });
}

const std::vector<NamedParameter> &TrainableNetwork::parameters() const
{
    return m_state->parameters;
}

void TrainableNetwork::clearGradients()
{
    for (const NamedParameter &parameter : m_state->parameters)
        parameter.tensor.mutable_grad() = at::Tensor();
}

void TrainableNetwork::freeze()
{
    for (const NamedParameter &parameter : m_state->parameters)
        parameter.tensor.requires_grad_(false);
}

void TrainableNetwork::setMaskShare(double share)
{
    m_state->forEachWeight([&](TrainableWeight &weight) {
        for (TrainableFactor &factor : weight.factors())
            factor.setMaskShare(share);
    });
}

at::Tensor TrainableNetwork::meanGate() const
{
    std::vector<at::Tensor> means;
    m_state->forEachWeight([&](const TrainableWeight &weight) {
        for (const TrainableFactor &factor : weight.factors()) {
            const at::Tensor mean = factor.meanGate();
            if (mean.defined())
                means.push_back(mean);
        }
    });
    return means.empty() ? at::Tensor() : at::stack(means).mean();
}

const NetworkSpecification &TrainableNetwork::specification() const
{
    return m_state->specification;
}

ModelWeights TrainableNetwork::weights() const
{
    return translatingTorchErrors([&] {
        ModelWeights weights;
        for (const auto &[name, used] : m_state->layers) {
            LayerWeights &layer = weights.layers[name];
            if (used.owner.empty())
                layer.weight = used.weight->stored();
            else
                layer.weight = Shared{used.owner, used.transposed};
            if (used.ownBias)
                layer.bias = used.bias.detach().to(used.biasType, false, true);
        }
        return weights;
    });
}

} // namespace pare

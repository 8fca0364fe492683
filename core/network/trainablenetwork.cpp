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
#include <ATen/ops/tanh.h>
#include <ATen/ops/zeros.h>
#include <cassert>
#include <cmath>
#include <fmt/ranges.h>

namespace pare {

namespace {

/// A layer as it is used: the tensors of the parameter that owns its weight, or of its own.
struct UsedLayer
{
    at::Tensor weight;
    at::Tensor right; ///< of narrow token rows: their projection; `weight` is the table
    at::Tensor bias;
    std::string owner; ///< empty: owns its weight
    bool transposed = false;
    bool ownBias = false;
};

at::Tensor trainableCopy(const at::Tensor &tensor)
{
    return tensor.to(at::kFloat, false, true).contiguous().requires_grad_(true);
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

    void take(const Layer &layer, const ModelWeights &weights);
    void draw(const Layer &layer, std::uint64_t seed);
    void takeTokenRows(const ModelWeights &weights);
    void drawTokenRows(const Layer &layer, std::uint64_t seed);
    void resolve(const Layer &layer);
    void listParameters();
    void check(const PackedBatch &batch) const;

    const UsedLayer &layer(const std::string &name) const;
    at::Tensor linear(const std::string &name, const at::Tensor &x) const;
    at::Tensor norm(const std::string &name, const at::Tensor &x, const at::Tensor &residual,
                    const Dropout &dropout) const;
    at::Tensor queryKeyValue(const std::string &prefix, const at::Tensor &x) const;
    at::Tensor tokenRows(const PackedBatch &batch, DropoutKeys &keys) const;
    at::Tensor embedded(const PackedBatch &batch, DropoutKeys &keys) const;
    at::Tensor block(int number, const at::Tensor &x, const PackedBatch &batch,
                     std::span<const std::int64_t> rows, DropoutKeys &keys) const;
    at::Tensor forward(const PackedBatch &batch, std::span<const std::int64_t> rows,
                       const ForwardOptions &options, DropoutKeys &keys) const;
};

void TrainableNetwork::State::take(const Layer &layer, const ModelWeights &weights)
{
    const LayerWeights &given = weights.layers.at(layer.name);
    UsedLayer &used = layers[layer.name];
    if (const auto *shared = std::get_if<Shared>(&given.weight)) {
        used.owner = weights.ownerOf(layer.name);
        used.transposed = shared->transposed;
    } else {
        checkShape(layer, shapeOf(given.weight));
        used.weight = trainableCopy(denseValues(given.weight));
    }
    if (given.bias.defined()) {
        used.bias = trainableCopy(given.bias);
        used.ownBias = true;
    }
}

void TrainableNetwork::State::draw(const Layer &layer, std::uint64_t seed)
{
    UsedLayer &used = layers[layer.name];
    if (!layer.sharedWith.empty())
        used.owner = layer.sharedWith;
    else if (layer.isMatrix())
        used.weight = trainableCopy(
            normalDraw(layer.shape, specification.initializerRange, seed, layer.name));
    else
        used.weight = trainableCopy(at::full(layer.shape, 1, at::kFloat));
    if (layer.bias) {
        used.bias = trainableCopy(at::zeros({layer.shape[0]}, at::kFloat));
        used.ownBias = true;
    }
}

void TrainableNetwork::State::takeTokenRows(const ModelWeights &weights)
{
    const Product &table = narrowTokenTable(specification, weights);
    UsedLayer &used = layers["embedding.token"];
    used.weight = trainableCopy(table.left.effectiveValues());
    used.right = trainableCopy(table.right.effectiveValues());
}

/// Their product is drawn as wide as a table of its own would be.
void TrainableNetwork::State::drawTokenRows(const Layer &layer, std::uint64_t seed)
{
    const std::int64_t rank = specification.embedding.attentionWidth;
    UsedLayer &used = layers[layer.name];
    used.weight = trainableCopy(normalDraw({layer.shape[0], rank}, specification.initializerRange,
                                           seed, layer.name + ".left"));
    used.right =
        trainableCopy(normalDraw({rank, layer.shape[1]}, 1 / std::sqrt(static_cast<double>(rank)),
                                 seed, layer.name + ".right"));
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
    checkShape(layer, (used.transposed ? used.weight.t() : used.weight).sizes().vec());
    if (!used.bias.defined())
        used.bias = owner->second.bias;
}

void TrainableNetwork::State::listParameters()
{
    for (const std::string &name : order) {
        const UsedLayer &used = layers.at(name);
        if (used.right.defined()) {
            parameters.push_back({name + ".weight.left", ParameterKind::Matrix, used.weight});
            parameters.push_back({name + ".weight.right", ParameterKind::Matrix, used.right});
        } else if (used.owner.empty()) {
            const ParameterKind kind =
                used.weight.dim() == 2 ? ParameterKind::Matrix : ParameterKind::Vector;
            parameters.push_back({name + ".weight", kind, used.weight});
        }
        if (used.ownBias)
            parameters.push_back({name + ".bias", ParameterKind::Vector, used.bias});
    }
}

TrainableNetwork::TrainableNetwork(const NetworkSpecification &specification,
                                   const ModelWeights &weights, std::uint64_t seed)
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
                m_state->takeTokenRows(weights);
            else if (narrow)
                m_state->drawTokenRows(layer, seed);
            else if (given)
                m_state->take(layer, weights);
            else
                m_state->draw(layer, seed);
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

const UsedLayer &TrainableNetwork::State::layer(const std::string &name) const
{
    return layers.at(name);
}

at::Tensor TrainableNetwork::State::linear(const std::string &name, const at::Tensor &x) const
{
    const UsedLayer &used = layer(name);
    return trainedLinear(x, used.transposed ? used.weight.t().contiguous() : used.weight,
                         used.bias);
}

at::Tensor TrainableNetwork::State::norm(const std::string &name, const at::Tensor &x,
                                         const at::Tensor &residual, const Dropout &dropout) const
{
    const UsedLayer &used = layer(name);
    return trainedNorm(x, residual, used.weight, used.bias, specification.block().normEpsilon,
                       dropout);
}

at::Tensor TrainableNetwork::State::queryKeyValue(const std::string &prefix,
                                                  const at::Tensor &x) const
{
    std::vector<at::Tensor> weights;
    std::vector<at::Tensor> biases;
    for (const char *part : {"query", "key", "value"}) {
        const UsedLayer &used = layer(prefix + part);
        weights.push_back(used.transposed ? used.weight.t() : used.weight);
        biases.push_back(used.bias);
    }
    return trainedLinear(x, at::cat(weights), at::cat(biases));
}

at::Tensor TrainableNetwork::State::tokenRows(const PackedBatch &batch, DropoutKeys &keys) const
{
    const UsedLayer &table = layer("embedding.token");
    const at::Tensor x = trainedRows(table.weight, batch.ids);
    if (!table.right.defined())
        return x;
    const EmbeddingSpecification &embedding = specification.embedding;
    const AttentionShape heads{embedding.attentionHeads,
                               embedding.attentionWidth / embedding.attentionHeads, false};
    const at::Tensor context =
        trainedAttention(queryKeyValue("embedding.attention.", x), batch.groups, heads,
                         keys.next(specification.dropout.attention));
    const at::Tensor seen = trainedDropout(linear("embedding.attention.output", context),
                                           keys.next(specification.dropout.hidden));
    return trainedLinear(x.add(seen), table.right.t().contiguous(), {});
}

at::Tensor TrainableNetwork::State::embedded(const PackedBatch &batch, DropoutKeys &keys) const
{
    at::Tensor x = tokenRows(batch, keys);
    x = x.add(trainedRows(layer("embedding.position").weight, batch.positions));
    x = x.add(trainedRows(layer("embedding.type").weight, batch.types));
    x = norm("embedding.norm", x, {}, {});
    return trainedDropout(x, keys.next(specification.dropout.hidden));
}

at::Tensor TrainableNetwork::State::block(int number, const at::Tensor &x, const PackedBatch &batch,
                                          std::span<const std::int64_t> rows,
                                          DropoutKeys &keys) const
{
    const StackSpecification &stack = specification.stacks.front();
    const BlockSpecification &shape = stack.block;
    const std::string prefix = stack.name + "." + std::to_string(number) + ".";
    const DropoutSpecification &dropout = specification.dropout;
    const AttentionShape heads{stack.heads(number), shape.headWidth(), shape.causal};
    at::Tensor context = trainedAttention(queryKeyValue(prefix + "attention.", x), batch.groups,
                                          heads, keys.next(dropout.attention));
    at::Tensor residual = x;
    if (!rows.empty()) {
        context = trainedRows(context, rows);
        residual = trainedRows(residual, rows);
    }
    const at::Tensor attended =
        norm(prefix + "attention.norm", linear(prefix + "attention.output", context), residual,
             keys.next(dropout.hidden));
    const at::Tensor inner = activated(shape.activation, linear(prefix + "ffn.up", attended));
    return norm(prefix + "ffn.norm", linear(prefix + "ffn.down", inner), attended,
                keys.next(dropout.hidden));
}

at::Tensor TrainableNetwork::State::forward(const PackedBatch &batch,
                                            std::span<const std::int64_t> rows,
                                            const ForwardOptions &options, DropoutKeys &keys) const
{
    check(batch);
    const StackSpecification &stack = specification.stacks.front();
    at::Tensor x = embedded(batch, keys);
    for (int i = 0; i < stack.blocks; ++i) {
        markBorder(x, options.border);
        const bool last = i + 1 == stack.blocks;
        x = block(i, x, batch, last ? rows : std::span<const std::int64_t>(), keys);
    }
    markBorder(x, options.border);
    return x;
}

at::Tensor TrainableNetwork::hiddenStates(const PackedBatch &batch,
                                          std::span<const std::int64_t> rows,
                                          const ForwardOptions &options) const
{
    return translatingTorchErrors([&] {
        DropoutKeys keys(options.dropout);
        return m_state->forward(batch, rows, options, keys);
    });
}

at::Tensor TrainableNetwork::logits(const PackedBatch &batch, const ForwardOptions &options) const
{
    if (m_state->specification.head != HeadKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "classification");
    return translatingTorchErrors([&] {
        DropoutKeys keys(options.dropout);
        const at::Tensor first = m_state->forward(batch, batch.starts, options, keys);
        const at::Tensor pooled = at::tanh(m_state->linear("pooler", first));
        return m_state->linear(
            "classifier",
            trainedDropout(pooled, keys.next(m_state->specification.dropout.classifier)));
    });
}

at::Tensor TrainableNetwork::vocabularyLogits(const PackedBatch &batch,
                                              std::span<const std::int64_t> rows,
                                              const ForwardOptions &options) const
{
    if (m_state->specification.head != HeadKind::MaskedLm)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "masked-LM");
    return translatingTorchErrors([&] {
        DropoutKeys keys(options.dropout);
        const at::Tensor hidden = m_state->forward(batch, rows, options, keys);
        const at::Tensor inner = activated(m_state->specification.block().activation,
                                           m_state->linear("mlm.transform", hidden));
        return m_state->linear("mlm.decoder", m_state->norm("mlm.norm", inner, {}, {}));
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
            if (used.right.defined())
                layer.weight = Product{Factor::dense(used.weight.detach().clone()),
                                       Factor::dense(used.right.detach().clone())};
            else if (used.owner.empty())
                layer.weight = Factor::dense(used.weight.detach().clone());
            else
                layer.weight = Shared{used.owner, used.transposed};
            if (used.ownBias)
                layer.bias = used.bias.detach().clone();
        }
        return weights;
    });
}

} // namespace pare

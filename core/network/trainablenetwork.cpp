#include "core/network/trainablenetwork.h"

#include "core/base/error.h"
#include "core/model/architecture.h"
#include "core/network/messages.h"
#include "core/network/normaldraw.h"
#include "core/network/tokenrows.h"
#include "core/network/trainablestate.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/full.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/ranges.h>

namespace pare {

namespace {

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

} // namespace

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
        dense ? trainable(Product{Factor::dense(table.left.effectiveValues()),
                                  Factor::dense(table.right.effectiveValues())})
              : std::make_shared<TrainableWeight>(table, at::Tensor(),
                                                  maskOf("embedding.token", options));
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

namespace {

at::Tensor throughBlocks(TrainablePass &pass, const StackSpecification &stack,
                         std::span<const std::int64_t> rows)
{
    at::Tensor x = pass.embedded();
    for (int i = 0; i < stack.blocks; ++i) {
        const bool last = i + 1 == stack.blocks;
        x = pass.block(i, x, last ? rows : std::span<const std::int64_t>()).hidden;
    }
    return x;
}

} // namespace

at::Tensor TrainableNetwork::hiddenStates(const PackedBatch &batch,
                                          std::span<const std::int64_t> rows,
                                          const ForwardOptions &options) const
{
    return translatingTorchErrors([&] {
        TrainablePass pass(*this, batch, options);
        return throughBlocks(pass, specification().stacks.front(), rows);
    });
}

at::Tensor TrainableNetwork::logits(const PackedBatch &batch, const ForwardOptions &options) const
{
    if (specification().head != HeadKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "classification");
    return translatingTorchErrors([&] {
        TrainablePass pass(*this, batch, options);
        return pass.classLogits(
            throughBlocks(pass, specification().stacks.front(), batch.starts));
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
            throughBlocks(pass, specification().stacks.front(), rows));
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

void TrainableNetwork::splitTernary(const std::set<std::string> &layers)
{
    translatingTorchErrors([&] {
        for (const std::string &name : layers)
            m_state->layers.at(name).weight->split();
        m_state->parameters.clear();
        m_state->listParameters();
    });
}

void TrainableNetwork::setBits(int bits)
{
    m_state->forEachWeight([&](TrainableWeight &weight) {
        for (TrainableFactor &factor : weight.factors())
            factor.setBits(bits);
    });
}

std::optional<int> TrainableNetwork::fewestBits() const
{
    std::optional<int> fewest;
    m_state->forEachWeight([&](const TrainableWeight &weight) {
        for (const TrainableFactor &factor : weight.factors()) {
            if (factor.codec().kind == CodecKind::Affine)
                fewest = std::min(fewest.value_or(factor.codec().bits), factor.codec().bits);
        }
    });
    return fewest;
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

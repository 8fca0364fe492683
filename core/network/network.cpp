#include "core/network/network.h"

#include "core/base/error.h"
#include "core/network/attentionlayer.h"
#include "core/network/kernels/norm.h"
#include "core/network/linear.h"
#include "core/network/messages.h"
#include "core/network/tokenrows.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/empty.h>
#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/ranges.h>

namespace pare {

namespace {

Epilogue epilogueOf(Activation activation)
{
    switch (activation) {
    case Activation::Gelu:
        return Epilogue::Gelu;
    case Activation::GeluTanh:
        return Epilogue::GeluTanh;
    case Activation::Relu:
        return Epilogue::Relu;
    case Activation::Silu:
        return Epilogue::Silu;
    case Activation::Tanh:
        return Epilogue::Tanh;
    }
    return Epilogue::None;
}

struct NormLayer
{
    at::Tensor gamma;
    at::Tensor beta;
    double epsilon = 0;

    NormParameters parameters() const
    {
        return {gamma.data_ptr<float>(), beta.data_ptr<float>(), epsilon};
    }

    /// In place over `y`: norm(y + residual).
    void addTo(at::Tensor &y, const at::Tensor &residual) const
    {
        NormArguments arguments;
        arguments.x = y.data_ptr<float>();
        arguments.residual = residual.defined() ? residual.data_ptr<float>() : nullptr;
        arguments.y = y.data_ptr<float>();
        arguments.tokens = y.size(0);
        arguments.width = y.size(1);
        arguments.norm = parameters();
        layerNorm(arguments);
    }
};

/// One block, post-norm. Blocks that share weights hold the same linear layers.
struct Block
{
    AttentionLayer attention;
    NormLayer attentionNorm;
    std::shared_ptr<const Linear> up;
    std::shared_ptr<const Linear> down;
    NormLayer feedForwardNorm;
};

/// What narrow token rows go through: x + attention(x), projected to the embedding's width.
struct TokenAttention
{
    AttentionLayer attention;
    std::shared_ptr<const Linear> projection;
};

} // namespace

struct Network::Layers
{
    NetworkSpecification specification;
    at::Tensor tokens; ///< rows as wide as `tokenAttention` takes them, where there is one
    std::optional<TokenAttention> tokenAttention;
    at::Tensor positions;
    at::Tensor types;
    NormLayer embeddingNorm;
    std::vector<Block> blocks;
    std::shared_ptr<const Linear> pooler;
    std::shared_ptr<const Linear> classifier; ///< or the pair head
    std::string classifierName;               ///< which of them
    std::shared_ptr<const Linear> transform;
    NormLayer transformNorm;
    std::shared_ptr<const Linear> decoder;
    std::map<std::string, std::string> kernels;

    at::Tensor tokenRows(const PackedBatch &batch) const;
    at::Tensor embedded(const PackedBatch &batch) const;
    void runBlock(std::size_t number, at::Tensor &x, const PackedBatch &batch,
                  const InputObserver &observer = {}) const;
    at::Tensor classify(const at::Tensor &hidden, const PackedBatch &batch,
                        const InputObserver &observer = {}) const;
    at::Tensor forward(const PackedBatch &batch) const;
    void check(const PackedBatch &batch) const;
};

namespace {

/// Takes layers out of the weights by name, with their shapes checked.
class Builder
{
public:
    Builder(const NetworkSpecification &specification, const ModelWeights &weights,
            const std::function<void(const std::string &)> &taken)
        : m_specification(specification)
        , m_weights(weights)
        , m_taken(taken)
    {}

    at::Tensor table(const std::string &name, std::int64_t rows, std::int64_t width)
    {
        const LayerWeights &layer = find(name, {rows, width});
        // A dense table is used as it lies in the file; no copy of what is mapped.
        return denseValues(layer.weight).contiguous();
    }

    NormLayer norm(const std::string &name, std::int64_t width)
    {
        const LayerWeights &layer = find(name, {width});
        NormLayer norm{denseValues(layer.weight).contiguous(),
                       layer.bias.to(at::kFloat).contiguous(), m_specification.block().normEpsilon};
        done(name);
        return norm;
    }

    /// Shared weights give the same kernel, so that memory is shared too; biases go with their
    /// matrix.
    std::shared_ptr<const Linear> linear(const std::string &name, LinearShape shape,
                                         Epilogue epilogue)
    {
        const LayerWeights &layer = find(name, {shape.out, shape.in});
        std::shared_ptr<const Linear> &made = m_made[{m_weights.ownerOf(name), epilogue}];
        if (!made) {
            made = std::make_shared<Linear>(layer.weight, layer.bias, epilogue);
            done(name);
        }
        m_kernels[name] = made->kernelName();
        return made;
    }

    std::shared_ptr<const Linear> single(const std::string &name, LinearShape shape,
                                         Epilogue epilogue)
    {
        const LayerWeights &resolved = find(name, {shape.out, shape.in});
        // A tied decoder has the table's weight and a bias of its own.
        const auto own = m_weights.layers.find(name);
        const auto linear = std::make_shared<const Linear>(
            resolved.weight, own->second.bias.defined() ? own->second.bias : resolved.bias,
            epilogue);
        m_kernels[name] = linear->kernelName();
        done(name);
        return linear;
    }

    /// `layer` with its matrices, which take rows of the width `in`.
    AttentionLayer attention(AttentionLayer layer, const std::string &prefix, std::int64_t in)
    {
        const LinearShape shape{layer.width(), in};
        layer.output = linear(prefix + "output", {in, layer.width()}, Epilogue::None);
        const std::array names{prefix + "query", prefix + "key", prefix + "value"};
        std::array<std::string, 3> owners;
        std::array<const LayerWeights *, 3> parts{};
        for (std::size_t i = 0; i < names.size(); ++i) {
            parts[i] = &find(names[i], {shape.out, shape.in});
            owners[i] = m_weights.ownerOf(names[i]);
        }
        if (!areFusible(parts)) {
            for (std::size_t i = 0; i < names.size(); ++i)
                layer.separate[i] = linear(names[i], shape, Epilogue::None);
            return layer;
        }
        std::shared_ptr<const Linear> &made =
            m_made[{fmt::format("{}", fmt::join(owners, "+")), Epilogue::None}];
        if (!made) {
            made = std::make_shared<const Linear>(parts);
            for (const std::string &name : names)
                done(name);
        }
        layer.queryKeyValue = made;
        for (const std::string &name : names)
            m_kernels[name] = made->kernelName();
        return layer;
    }

    /// The projection of narrow token rows; the table itself is `product.left`.
    std::shared_ptr<const Linear> projection(const Product &product)
    {
        const Factor across = Factor::dense(product.right.effectiveValues().t().contiguous());
        const auto made = std::make_shared<const Linear>(across, at::Tensor(), Epilogue::None);
        m_kernels["embedding.token"] = made->kernelName();
        done("embedding.token");
        return made;
    }

    /// `block` with those of its layers that `isWanted` names.
    Block block(Block block, const StackSpecification &stack, int number,
                const LayerFilter &isWanted)
    {
        const std::string prefix = stack.name + "." + std::to_string(number) + ".";
        const std::int64_t width = stack.block.width;
        const std::int64_t inner = stack.feedForwardWidth(number);
        const std::array matrices{"query", "key", "value", "output"};
        if (std::ranges::any_of(matrices, [&](const char *matrix) {
                return isWanted(prefix + "attention." + matrix);
            }))
            block.attention =
                attention({stack.heads(number), stack.block.headWidth(),
                           stack.block.causal ? AttentionMask::Causal : AttentionMask::None},
                          prefix + "attention.", width);
        if (isWanted(prefix + "attention.norm"))
            block.attentionNorm = norm(prefix + "attention.norm", width);
        if (isWanted(prefix + "ffn.up"))
            block.up =
                linear(prefix + "ffn.up", {inner, width}, epilogueOf(stack.block.activation));
        if (isWanted(prefix + "ffn.down"))
            block.down = linear(prefix + "ffn.down", {width, inner}, Epilogue::None);
        if (isWanted(prefix + "ffn.norm"))
            block.feedForwardNorm = norm(prefix + "ffn.norm", width);
        return block;
    }

    const std::map<std::string, std::string> &kernels() const { return m_kernels; }

private:
    const LayerWeights &find(const std::string &name, const std::vector<std::int64_t> &shape) const
    {
        if (!m_weights.layers.contains(name))
            throw Error(ErrorKind::InvalidFile, messages::networkLayerMissing, name);
        const LayerWeights &layer = m_weights.resolved(name);
        if (shapeOf(layer.weight) != shape)
            throw Error(ErrorKind::InvalidFile, messages::networkLayerShape, name,
                        fmt::format("{}", fmt::join(shape, ", ")),
                        fmt::format("{}", fmt::join(shapeOf(layer.weight), ", ")));
        return layer;
    }

    void done(const std::string &name) const
    {
        if (m_taken)
            m_taken(name);
    }

    const NetworkSpecification &m_specification;
    const ModelWeights &m_weights;
    const std::function<void(const std::string &)> &m_taken;
    std::map<std::pair<std::string, Epilogue>, std::shared_ptr<const Linear>> m_made;
    std::map<std::string, std::string> m_kernels;
};

/// `layers` with those that `isWanted` names, and what belongs to them, taken from the builder.
void build(Network::Layers &layers, const NetworkSpecification &specification,
           const ModelWeights &weights, Builder &builder, const LayerFilter &isWanted)
{
    const EmbeddingSpecification &embedding = specification.embedding;
    const BlockSpecification &shape = specification.block();
    const std::int64_t width = shape.width;
    const auto isAttentionWanted = [&] {
        return std::ranges::any_of(weights.layers, [&](const auto &layer) {
            return layer.first.starts_with("embedding.attention.") && isWanted(layer.first);
        });
    };
    if (embedding.attentionHeads == 0) {
        if (isWanted("embedding.token"))
            layers.tokens = builder.table("embedding.token", embedding.vocabulary, embedding.width);
    } else if (isWanted("embedding.token") || isAttentionWanted()) {
        const Product &table = narrowTokenTable(specification, weights);
        layers.tokens = table.left.effectiveValues().contiguous();
        const int headWidth = embedding.attentionWidth / embedding.attentionHeads;
        layers.tokenAttention =
            TokenAttention{builder.attention({embedding.attentionHeads, headWidth},
                                             "embedding.attention.", embedding.attentionWidth),
                           builder.projection(table)};
    }
    if (isWanted("embedding.position"))
        layers.positions =
            builder.table("embedding.position", embedding.positions, embedding.width);
    if (isWanted("embedding.type"))
        layers.types = builder.table("embedding.type", embedding.tokenTypes, embedding.width);
    if (isWanted("embedding.norm"))
        layers.embeddingNorm = builder.norm("embedding.norm", embedding.width);
    const StackSpecification &stack = specification.stacks[0];
    layers.blocks.resize(static_cast<std::size_t>(stack.blocks));
    for (int i = 0; i < stack.blocks; ++i) {
        Block &block = layers.blocks[static_cast<std::size_t>(i)];
        block = builder.block(std::move(block), stack, i, isWanted);
    }
    const bool pair = hasPair(specification.head);
    if (pair || specification.head == HeadKind::Classification) {
        const auto answers =
            pair ? pairAnswers : static_cast<std::int64_t>(specification.labels.size());
        layers.classifierName = pair ? "pair" : "classifier";
        if (isWanted("pooler"))
            layers.pooler = builder.single("pooler", {width, width}, Epilogue::Tanh);
        if (isWanted(layers.classifierName))
            layers.classifier =
                builder.single(layers.classifierName, {answers, width}, Epilogue::None);
    }
    if (hasMaskedLm(specification.head)) {
        if (isWanted("mlm.transform"))
            layers.transform =
                builder.single("mlm.transform", {width, width}, epilogueOf(shape.activation));
        if (isWanted("mlm.norm"))
            layers.transformNorm = builder.norm("mlm.norm", width);
        if (isWanted("mlm.decoder"))
            layers.decoder =
                builder.single("mlm.decoder", {embedding.vocabulary, width}, Epilogue::None);
    }
    layers.specification = specification;
    for (const auto &[name, kernel] : builder.kernels())
        layers.kernels[name] = kernel;
}

} // namespace

Network::Network(const NetworkSpecification &specification, const ModelWeights &weights,
                 const std::function<void(const std::string &)> &taken)
{
    assert(specification.stacks.size() == 1 && specification.block().normPlace == NormPlace::Post);
    auto layers = std::make_unique<Layers>();
    translatingTorchErrors([&] {
        Builder builder(specification, weights, taken);
        build(*layers, specification, weights, builder, [](const std::string &) { return true; });
    });
    m_layers = std::move(layers);
}

Network::Network(const Network &original, const NetworkSpecification &specification,
                 const ModelWeights &weights, const std::set<std::string> &changed)
{
    assert(specification.stacks.size() == 1 &&
           specification.stacks[0].blocks == original.specification().stacks[0].blocks);
    auto layers = std::make_unique<Layers>(*original.m_layers);
    translatingTorchErrors([&] {
        const std::function<void(const std::string &)> nobody;
        Builder builder(specification, weights, nobody);
        build(*layers, specification, weights, builder,
              [&](const std::string &layer) { return changed.contains(layer); });
    });
    m_layers = std::move(layers);
}

Network::Network(std::unique_ptr<const Layers> layers)
    : m_layers(std::move(layers))
{}

Network Network::part(const NetworkSpecification &specification, const ModelWeights &weights,
                      const LayerFilter &isWanted)
{
    auto layers = std::make_unique<Layers>();
    translatingTorchErrors([&] {
        const std::function<void(const std::string &)> nobody;
        Builder builder(specification, weights, nobody);
        build(*layers, specification, weights, builder, isWanted);
    });
    return Network(std::move(layers));
}

Network::~Network() = default;
Network::Network(Network &&) noexcept = default;

void Network::Layers::check(const PackedBatch &batch) const
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
    for (const std::int64_t type : batch.types) {
        if (type < 0 || type >= embedding.tokenTypes)
            throw Error(ErrorKind::Unsupported, messages::networkTypes, type, embedding.tokenTypes);
    }
}

/// float32 [tokens, embedding width], once the narrow rows have seen each other.
at::Tensor Network::Layers::tokenRows(const PackedBatch &batch) const
{
    const std::array tables{EmbeddingTable{tokens.data_ptr<float>(), batch.ids.data()}};
    at::Tensor x = at::empty({batch.tokens(), tokens.size(1)}, at::kFloat);
    EmbeddingArguments arguments;
    arguments.tables = tables;
    arguments.y = x.data_ptr<float>();
    arguments.tokens = x.size(0);
    arguments.width = x.size(1);
    embed(arguments);
    const AttentionLayer &attention = tokenAttention->attention;
    x.add_((*attention.output)(attention.context(x, batch)));
    return (*tokenAttention->projection)(x);
}

at::Tensor Network::Layers::embedded(const PackedBatch &batch) const
{
    std::vector<std::int64_t> ids = batch.ids;
    at::Tensor rows = tokens;
    if (tokenAttention) {
        rows = tokenRows(batch); // one for each token, in their order
        std::iota(ids.begin(), ids.end(), std::int64_t{0});
    }
    const std::array tables{EmbeddingTable{rows.data_ptr<float>(), ids.data()},
                            EmbeddingTable{positions.data_ptr<float>(), batch.positions.data()},
                            EmbeddingTable{types.data_ptr<float>(), batch.types.data()}};
    at::Tensor x = at::empty({batch.tokens(), specification.embedding.width}, at::kFloat);
    EmbeddingArguments arguments;
    arguments.tables = tables;
    arguments.y = x.data_ptr<float>();
    arguments.tokens = x.size(0);
    arguments.width = x.size(1);
    arguments.norm = embeddingNorm.parameters();
    embed(arguments);
    return x;
}

void Network::Layers::runBlock(std::size_t number, at::Tensor &x, const PackedBatch &batch,
                               const InputObserver &observer) const
{
    const Block &block = blocks[number];
    const auto observed = [&](const at::Tensor &inputs,
                              std::initializer_list<const char *> layers) {
        if (!observer)
            return;
        std::vector<std::string> names;
        for (const char *layer : layers)
            names.push_back(fmt::format("{}.{}.{}", specification.stacks[0].name, number, layer));
        observer(names, inputs);
    };
    observed(x, {"attention.query", "attention.key", "attention.value"});
    const at::Tensor context = block.attention.context(x, batch);
    observed(context, {"attention.output"});
    at::Tensor attended = (*block.attention.output)(context);
    block.attentionNorm.addTo(attended, x);
    observed(attended, {"ffn.up"});
    const at::Tensor inner = (*block.up)(attended);
    observed(inner, {"ffn.down"});
    block.down->run(inner.data_ptr<float>(), x.data_ptr<float>(), x.size(0));
    block.feedForwardNorm.addTo(x, attended);
}

at::Tensor Network::Layers::forward(const PackedBatch &batch) const
{
    check(batch);
    at::Tensor x = embedded(batch);
    for (std::size_t i = 0; i < blocks.size(); ++i)
        runBlock(i, x, batch);
    return x;
}

at::Tensor Network::Layers::classify(const at::Tensor &hidden, const PackedBatch &batch,
                                     const InputObserver &observer) const
{
    const std::int64_t width = hidden.size(1);
    at::Tensor first = at::empty({batch.sequences(), width}, at::kFloat);
    for (std::int64_t i = 0; i < batch.sequences(); ++i)
        std::copy_n(hidden.data_ptr<float>() + batch.starts[i] * width, width,
                    first.data_ptr<float>() + i * width);
    if (observer)
        observer(std::array{std::string("pooler")}, first);
    const at::Tensor pooled = (*pooler)(first);
    if (observer)
        observer(std::array{classifierName}, pooled);
    return (*classifier)(pooled);
}

at::Tensor Network::embeddings(const PackedBatch &batch) const
{
    return translatingTorchErrors([&] {
        m_layers->check(batch);
        return m_layers->embedded(batch);
    });
}

at::Tensor Network::block(int block, const at::Tensor &hiddenStates, const PackedBatch &batch,
                          const InputObserver &observer) const
{
    return translatingTorchErrors([&] {
        at::Tensor x = hiddenStates.clone();
        m_layers->runBlock(static_cast<std::size_t>(block), x, batch, observer);
        return x;
    });
}

at::Tensor Network::hiddenStates(const PackedBatch &batch) const
{
    return translatingTorchErrors([&] { return m_layers->forward(batch); });
}

at::Tensor Network::logits(const PackedBatch &batch) const
{
    if (!m_layers->classifier)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "classification");
    return translatingTorchErrors(
        [&] { return m_layers->classify(m_layers->forward(batch), batch); });
}

at::Tensor Network::classLogits(const at::Tensor &hiddenStates, const PackedBatch &batch,
                                const InputObserver &observer) const
{
    if (!m_layers->classifier)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "classification");
    return translatingTorchErrors(
        [&] { return m_layers->classify(hiddenStates, batch, observer); });
}

at::Tensor Network::vocabularyLogits(const at::Tensor &hiddenStates,
                                     std::span<const std::int64_t> rows) const
{
    if (!m_layers->decoder)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "masked-LM");
    return translatingTorchErrors([&] {
        const std::int64_t width = hiddenStates.size(1);
        at::Tensor chosen = at::empty({static_cast<std::int64_t>(rows.size()), width}, at::kFloat);
        for (std::size_t i = 0; i < rows.size(); ++i)
            std::copy_n(hiddenStates.data_ptr<float>() + rows[i] * width, width,
                        chosen.data_ptr<float>() + i * width);
        at::Tensor transformed = (*m_layers->transform)(chosen);
        m_layers->transformNorm.addTo(transformed, {});
        return (*m_layers->decoder)(transformed);
    });
}

const NetworkSpecification &Network::specification() const
{
    return m_layers->specification;
}

std::int64_t Network::multiplyAdds(const PackedBatch &batch) const
{
    std::int64_t total = 0;
    if (const auto &tokens = m_layers->tokenAttention)
        total += tokens->attention.multiplyAdds(batch) +
                 tokens->projection->multiplyAdds() * batch.tokens();
    for (const Block &block : m_layers->blocks)
        total += block.attention.multiplyAdds(batch) +
                 (block.up->multiplyAdds() + block.down->multiplyAdds()) * batch.tokens();
    if (m_layers->classifier)
        total += (m_layers->pooler->multiplyAdds() + m_layers->classifier->multiplyAdds()) *
                 batch.sequences();
    return total;
}

const std::map<std::string, std::string> &Network::kernels() const
{
    return m_layers->kernels;
}

} // namespace pare

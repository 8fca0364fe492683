#include "core/network/networklayers.h"

#include "core/base/error.h"
#include "core/network/messages.h"
#include "core/network/tokenrows.h"

#include <algorithm>
#include <array>
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

/// Takes layers out of the weights by name, with their shapes checked.
class Builder
{
public:
    explicit Builder(const NetworkSource &source)
        : m_specification(source.specification)
        , m_weights(source.weights)
        , m_taken(source.taken)
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

} // namespace

void build(Network::Layers &layers, const NetworkSource &source, const LayerFilter &isWanted)
{
    const NetworkSpecification &specification = source.specification;
    const ModelWeights &weights = source.weights;
    Builder builder(source);
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

} // namespace pare

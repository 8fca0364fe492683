#include "core/model/architecture.h"

#include "core/base/error.h"
#include "core/model/messages.h"

#include <algorithm>
#include <array>

namespace pare {

namespace {

using enum LayerRole;

// tensor names that start with '~' stand under the architecture's prefix
constexpr std::array bertLayers{
    LayerPattern{"embedding.token", "~embeddings.word_embeddings", Place::Embedding, TokenEmbedding,
                 Dimension::Vocabulary, Dimension::EmbeddingWidth, false},
    LayerPattern{"embedding.position", "~embeddings.position_embeddings", Place::Embedding,
                 PositionEmbedding, Dimension::Positions, Dimension::EmbeddingWidth, false},
    LayerPattern{"embedding.type", "~embeddings.token_type_embeddings", Place::Embedding,
                 TypeEmbedding, Dimension::TokenTypes, Dimension::EmbeddingWidth, false},
    LayerPattern{"embedding.norm", "~embeddings.LayerNorm", Place::Embedding, Norm,
                 Dimension::EmbeddingWidth, Dimension::None, true},
    LayerPattern{"{stack}.{block}.attention.query", "~encoder.layer.{block}.attention.self.query",
                 Place::Block, Query, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.key", "~encoder.layer.{block}.attention.self.key",
                 Place::Block, Key, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.value", "~encoder.layer.{block}.attention.self.value",
                 Place::Block, Value, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.output",
                 "~encoder.layer.{block}.attention.output.dense", Place::Block, Output,
                 Dimension::Width, Dimension::Attention, true},
    LayerPattern{"{stack}.{block}.attention.norm",
                 "~encoder.layer.{block}.attention.output.LayerNorm", Place::Block, Norm,
                 Dimension::Width, Dimension::None, true},
    LayerPattern{"{stack}.{block}.ffn.up", "~encoder.layer.{block}.intermediate.dense",
                 Place::Block, Up, Dimension::FeedForward, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.ffn.down", "~encoder.layer.{block}.output.dense", Place::Block,
                 Down, Dimension::Width, Dimension::FeedForward, true},
    LayerPattern{"{stack}.{block}.ffn.norm", "~encoder.layer.{block}.output.LayerNorm",
                 Place::Block, Norm, Dimension::Width, Dimension::None, true},
    LayerPattern{"pooler", "~pooler.dense", Place::Pooler, Pooler, Dimension::Width,
                 Dimension::Width, true},
    LayerPattern{"classifier", "classifier", Place::Classifier, Classifier, Dimension::Labels,
                 Dimension::Width, true},
    LayerPattern{"mlm.transform", "cls.predictions.transform.dense", Place::MaskedLm, Head,
                 Dimension::Width, Dimension::Width, true},
    LayerPattern{"mlm.norm", "cls.predictions.transform.LayerNorm", Place::MaskedLm, Norm,
                 Dimension::Width, Dimension::None, true},
    LayerPattern{"mlm.decoder", "cls.predictions.decoder", Place::MaskedLm, Head,
                 Dimension::Vocabulary, Dimension::Width, true, "cls.predictions.bias",
                 "embedding.token"},
};

constexpr std::array architectures{
    Architecture{"bert", "bert.", bertLayers},
};

std::string replaced(std::string_view pattern, const std::string &prefix, const std::string &stack,
                     int block)
{
    std::string text;
    if (pattern.starts_with('~')) {
        text = prefix;
        pattern.remove_prefix(1);
    }
    while (!pattern.empty()) {
        if (pattern.starts_with("{stack}")) {
            text += stack;
            pattern.remove_prefix(7);
        } else if (pattern.starts_with("{block}")) {
            text += std::to_string(block);
            pattern.remove_prefix(7);
        } else {
            text += pattern.front();
            pattern.remove_prefix(1);
        }
    }
    return text;
}

/// `stack` and `block`: those the layer stands in; outside the stacks any.
std::int64_t sizeOf(Dimension dimension, const NetworkSpecification &network,
                    const StackSpecification &stack, int block)
{
    switch (dimension) {
    case Dimension::Vocabulary:
        return network.embedding.vocabulary;
    case Dimension::Positions:
        return network.embedding.positions;
    case Dimension::TokenTypes:
        return network.embedding.tokenTypes;
    case Dimension::EmbeddingWidth:
        return network.embedding.width;
    case Dimension::Width:
        return stack.block.width;
    case Dimension::Attention:
        return stack.attentionWidth(block);
    case Dimension::FeedForward:
        return stack.feedForwardWidth(block);
    case Dimension::Labels:
        return static_cast<std::int64_t>(network.labels.size());
    case Dimension::None:
        break;
    }
    return 0;
}

Layer layerFrom(const LayerPattern &pattern, const NetworkSpecification &network,
                const Architecture &architecture, const StackSpecification *stack, int block)
{
    const StackSpecification &shape = stack ? *stack : network.stacks.front();
    const std::string stackName = stack ? stack->name : std::string();
    const std::string prefix(architecture.prefix);
    Layer layer;
    layer.name = replaced(pattern.name, prefix, stackName, block);
    layer.role = pattern.role;
    layer.stack = stackName;
    layer.block = block;
    layer.bias = pattern.bias;
    layer.shape = {sizeOf(pattern.rows, network, shape, block)};
    if (pattern.columns != Dimension::None)
        layer.shape.push_back(sizeOf(pattern.columns, network, shape, block));
    const std::string tensor = replaced(pattern.tensor, prefix, stackName, block);
    layer.tensors.push_back({tensor + ".weight"});
    if (pattern.bias) {
        layer.tensors.push_back({pattern.biasTensor.empty()
                                     ? tensor + ".bias"
                                     : replaced(pattern.biasTensor, prefix, stackName, block)});
    }
    if (!pattern.tiedTo.empty() && network.tiedDecoder)
        layer.sharedWith = pattern.tiedTo;
    const std::int64_t rows = layer.shape[0];
    const std::int64_t weights = layer.isMatrix() ? rows * layer.shape[1] : rows;
    layer.parameters = (layer.sharedWith.empty() ? weights : 0) + (layer.bias ? rows : 0);
    layer.bytes = layer.parameters * pare::sizeOf(layer.dtype);
    return layer;
}

bool hasPlace(Place place, const NetworkSpecification &network)
{
    switch (place) {
    case Place::Pooler:
        return network.pooler && network.head != HeadKind::MaskedLm;
    case Place::Classifier:
        return network.head == HeadKind::Classification;
    case Place::MaskedLm:
        return network.head == HeadKind::MaskedLm;
    case Place::Embedding:
    case Place::Block:
        break;
    }
    return true;
}

} // namespace

const Architecture &architectureOf(std::string_view modelType, const std::string &origin)
{
    const auto found = std::ranges::find(architectures, modelType, &Architecture::modelType);
    if (found != architectures.end())
        return *found;
    std::string known;
    for (const Architecture &architecture : architectures) {
        if (!known.empty())
            known += ", ";
        known += architecture.modelType;
    }
    throw Error(ErrorKind::Unsupported, messages::architectureUnknown, origin, modelType, known);
}

ModelDescription describe(const NetworkSpecification &network)
{
    const Architecture &architecture = architectureOf(network.architecture, network.origin);
    ModelDescription description;
    description.architecture = network.architecture;
    description.blocks = network.stacks.front().blocks;
    description.width = network.width();
    description.headWidth = network.block().headWidth();
    const auto isBlock = [](const LayerPattern &pattern) { return pattern.place == Place::Block; };
    bool blocksDone = false;
    for (const LayerPattern &pattern : architecture.layers) {
        if (!isBlock(pattern)) {
            if (hasPlace(pattern.place, network))
                description.layers.push_back(
                    layerFrom(pattern, network, architecture, nullptr, -1));
            continue;
        }
        if (blocksDone)
            continue;
        blocksDone = true;
        for (const StackSpecification &stack : network.stacks) {
            for (int block = 0; block < stack.blocks; ++block) {
                for (const LayerPattern &part : architecture.layers) {
                    if (isBlock(part))
                        description.layers.push_back(
                            layerFrom(part, network, architecture, &stack, block));
                }
            }
        }
    }
    for (const Layer &layer : description.layers)
        description.parameters += layer.parameters;
    return description;
}

std::vector<Layer> headLayers(const NetworkSpecification &network, HeadKind head)
{
    const Architecture &architecture = architectureOf(network.architecture, network.origin);
    NetworkSpecification withHead = network;
    withHead.head = head;
    std::vector<Layer> layers;
    for (const LayerPattern &pattern : architecture.layers) {
        const bool ofHead = pattern.place != Place::Embedding && pattern.place != Place::Block;
        if (ofHead && hasPlace(pattern.place, withHead))
            layers.push_back(layerFrom(pattern, withHead, architecture, nullptr, -1));
    }
    return layers;
}

} // namespace pare

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
    LayerPattern{"embedding.attention.query", "~embeddings.attention.query", Place::TokenAttention,
                 EmbeddingAttention, Dimension::TokenRow, Dimension::TokenRow, true},
    LayerPattern{"embedding.attention.key", "~embeddings.attention.key", Place::TokenAttention,
                 EmbeddingAttention, Dimension::TokenRow, Dimension::TokenRow, true},
    LayerPattern{"embedding.attention.value", "~embeddings.attention.value", Place::TokenAttention,
                 EmbeddingAttention, Dimension::TokenRow, Dimension::TokenRow, true},
    LayerPattern{"embedding.attention.output", "~embeddings.attention.output",
                 Place::TokenAttention, EmbeddingAttention, Dimension::TokenRow,
                 Dimension::TokenRow, true},
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
    LayerPattern{"pair", "cls.seq_relationship", Place::Pair, Classifier, Dimension::PairAnswers,
                 Dimension::Width, true},
    LayerPattern{"mlm.transform", "cls.predictions.transform.dense", Place::MaskedLm, Head,
                 Dimension::Width, Dimension::Width, true},
    LayerPattern{"mlm.norm", "cls.predictions.transform.LayerNorm", Place::MaskedLm, Norm,
                 Dimension::Width, Dimension::None, true},
    LayerPattern{"mlm.decoder", "cls.predictions.decoder", Place::MaskedLm, Head,
                 Dimension::Vocabulary, Dimension::Width, true, "cls.predictions.bias",
                 "embedding.token"},
};

// tensors stand once for each set of weights, not for each block
constexpr std::array albertLayers{
    LayerPattern{"embedding.token", "~embeddings.word_embeddings", Place::Embedding, TokenEmbedding,
                 Dimension::Vocabulary, Dimension::EmbeddingWidth, false},
    LayerPattern{"embedding.position", "~embeddings.position_embeddings", Place::Embedding,
                 PositionEmbedding, Dimension::Positions, Dimension::PositionWidth, false},
    LayerPattern{"embedding.type", "~embeddings.token_type_embeddings", Place::Embedding,
                 TypeEmbedding, Dimension::TokenTypes, Dimension::PositionWidth, false},
    LayerPattern{"embedding.norm", "~embeddings.LayerNorm", Place::Embedding, Norm,
                 Dimension::PositionWidth, Dimension::None, true},
    LayerPattern{"embedding.projection", "~encoder.embedding_hidden_mapping_in", Place::Embedding,
                 EmbeddingProjection, Dimension::Width, Dimension::EmbeddingWidth, true},
    LayerPattern{"{stack}.{block}.attention.query",
                 "~encoder.albert_layer_groups.{set}.albert_layers.0.attention.query", Place::Block,
                 Query, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.key",
                 "~encoder.albert_layer_groups.{set}.albert_layers.0.attention.key", Place::Block,
                 Key, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.value",
                 "~encoder.albert_layer_groups.{set}.albert_layers.0.attention.value", Place::Block,
                 Value, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.output",
                 "~encoder.albert_layer_groups.{set}.albert_layers.0.attention.dense", Place::Block,
                 Output, Dimension::Width, Dimension::Attention, true},
    LayerPattern{"{stack}.{block}.attention.norm",
                 "~encoder.albert_layer_groups.{set}.albert_layers.0.attention.LayerNorm",
                 Place::Block, Norm, Dimension::Width, Dimension::None, true},
    LayerPattern{"{stack}.{block}.ffn.up", "~encoder.albert_layer_groups.{set}.albert_layers.0.ffn",
                 Place::Block, Up, Dimension::FeedForward, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.ffn.down",
                 "~encoder.albert_layer_groups.{set}.albert_layers.0.ffn_output", Place::Block,
                 Down, Dimension::Width, Dimension::FeedForward, true},
    LayerPattern{"{stack}.{block}.ffn.norm",
                 "~encoder.albert_layer_groups.{set}.albert_layers.0.full_layer_layer_norm",
                 Place::Block, Norm, Dimension::Width, Dimension::None, true},
    LayerPattern{"pooler", "~pooler", Place::Pooler, Pooler, Dimension::Width, Dimension::Width,
                 true},
    LayerPattern{"classifier", "classifier", Place::Classifier, Classifier, Dimension::Labels,
                 Dimension::Width, true},
    LayerPattern{"pair", "sop_classifier.classifier", Place::Pair, Classifier,
                 Dimension::PairAnswers, Dimension::Width, true},
    LayerPattern{"mlm.transform", "predictions.dense", Place::MaskedLm, Head,
                 Dimension::EmbeddingWidth, Dimension::Width, true},
    LayerPattern{"mlm.norm", "predictions.LayerNorm", Place::MaskedLm, Norm,
                 Dimension::EmbeddingWidth, Dimension::None, true},
    LayerPattern{"mlm.decoder", "predictions.decoder", Place::MaskedLm, Head, Dimension::Vocabulary,
                 Dimension::EmbeddingWidth, true, "predictions.bias", "embedding.token"},
};

constexpr std::array distilBertLayers{
    LayerPattern{"embedding.token", "~embeddings.word_embeddings", Place::Embedding, TokenEmbedding,
                 Dimension::Vocabulary, Dimension::EmbeddingWidth, false},
    LayerPattern{"embedding.position", "~embeddings.position_embeddings", Place::Embedding,
                 PositionEmbedding, Dimension::Positions, Dimension::PositionWidth, false},
    LayerPattern{"embedding.norm", "~embeddings.LayerNorm", Place::Embedding, Norm,
                 Dimension::PositionWidth, Dimension::None, true},
    LayerPattern{"{stack}.{block}.attention.query", "~transformer.layer.{block}.attention.q_lin",
                 Place::Block, Query, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.key", "~transformer.layer.{block}.attention.k_lin",
                 Place::Block, Key, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.value", "~transformer.layer.{block}.attention.v_lin",
                 Place::Block, Value, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.output", "~transformer.layer.{block}.attention.out_lin",
                 Place::Block, Output, Dimension::Width, Dimension::Attention, true},
    LayerPattern{"{stack}.{block}.attention.norm", "~transformer.layer.{block}.sa_layer_norm",
                 Place::Block, Norm, Dimension::Width, Dimension::None, true},
    LayerPattern{"{stack}.{block}.ffn.up", "~transformer.layer.{block}.ffn.lin1", Place::Block, Up,
                 Dimension::FeedForward, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.ffn.down", "~transformer.layer.{block}.ffn.lin2", Place::Block,
                 Down, Dimension::Width, Dimension::FeedForward, true},
    LayerPattern{"{stack}.{block}.ffn.norm", "~transformer.layer.{block}.output_layer_norm",
                 Place::Block, Norm, Dimension::Width, Dimension::None, true},
    LayerPattern{"pooler", "pre_classifier", Place::Classifier, Pooler, Dimension::Width,
                 Dimension::Width, true},
    LayerPattern{"classifier", "classifier", Place::Classifier, Classifier, Dimension::Labels,
                 Dimension::Width, true},
    LayerPattern{"mlm.transform", "vocab_transform", Place::MaskedLm, Head, Dimension::Width,
                 Dimension::Width, true},
    LayerPattern{"mlm.norm", "vocab_layer_norm", Place::MaskedLm, Norm, Dimension::Width,
                 Dimension::None, true},
    LayerPattern{"mlm.decoder", "vocab_projector", Place::MaskedLm, Head, Dimension::Vocabulary,
                 Dimension::Width, true, "vocab_projector.bias", "embedding.token"},
};

// positions are computed; "final_logits_bias" is a buffer that is not trained
constexpr std::array marianLayers{
    LayerPattern{"embedding.token", "~shared", Place::Embedding, TokenEmbedding,
                 Dimension::Vocabulary, Dimension::EmbeddingWidth, false},
    LayerPattern{"{stack}.{block}.attention.query", "~{stack}.layers.{block}.self_attn.q_proj",
                 Place::Block, Query, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.key", "~{stack}.layers.{block}.self_attn.k_proj",
                 Place::Block, Key, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.value", "~{stack}.layers.{block}.self_attn.v_proj",
                 Place::Block, Value, Dimension::Attention, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.attention.output", "~{stack}.layers.{block}.self_attn.out_proj",
                 Place::Block, Output, Dimension::Width, Dimension::Attention, true},
    LayerPattern{"{stack}.{block}.attention.norm", "~{stack}.layers.{block}.self_attn_layer_norm",
                 Place::Block, Norm, Dimension::Width, Dimension::None, true},
    LayerPattern{"{stack}.{block}.cross.query", "~{stack}.layers.{block}.encoder_attn.q_proj",
                 Place::CrossAttention, Query, Dimension::Width, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.cross.key", "~{stack}.layers.{block}.encoder_attn.k_proj",
                 Place::CrossAttention, Key, Dimension::Width, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.cross.value", "~{stack}.layers.{block}.encoder_attn.v_proj",
                 Place::CrossAttention, Value, Dimension::Width, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.cross.output", "~{stack}.layers.{block}.encoder_attn.out_proj",
                 Place::CrossAttention, Output, Dimension::Width, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.cross.norm", "~{stack}.layers.{block}.encoder_attn_layer_norm",
                 Place::CrossAttention, Norm, Dimension::Width, Dimension::None, true},
    LayerPattern{"{stack}.{block}.ffn.up", "~{stack}.layers.{block}.fc1", Place::Block, Up,
                 Dimension::FeedForward, Dimension::Width, true},
    LayerPattern{"{stack}.{block}.ffn.down", "~{stack}.layers.{block}.fc2", Place::Block, Down,
                 Dimension::Width, Dimension::FeedForward, true},
    LayerPattern{"{stack}.{block}.ffn.norm", "~{stack}.layers.{block}.final_layer_norm",
                 Place::Block, Norm, Dimension::Width, Dimension::None, true},
    LayerPattern{"lm.decoder", "lm_head", Place::LanguageModel, Head, Dimension::Vocabulary,
                 Dimension::Width, false, "", "embedding.token"},
};

constexpr std::array architectures{
    Architecture{"bert", "bert.", bertLayers},
    Architecture{"albert", "albert.", albertLayers, messages::describedAlbert},
    Architecture{"distilbert", "distilbert.", distilBertLayers, messages::describedDistilBert},
    Architecture{"marian", "model.", marianLayers, messages::describedMarian},
};

/// What stands for the placeholders of a pattern.
struct Where
{
    std::string_view prefix;
    std::string stack;
    std::string block;
    std::string set;
};

std::string replaced(std::string_view pattern, const Where &where)
{
    std::string text;
    if (pattern.starts_with('~')) {
        text = where.prefix;
        pattern.remove_prefix(1);
    }
    const std::array<std::pair<std::string_view, std::string_view>, 3> placeholders{
        {{"{stack}", where.stack}, {"{block}", where.block}, {"{set}", where.set}}};
    while (!pattern.empty()) {
        const auto found = std::ranges::find_if(placeholders, [&](const auto &placeholder) {
            return pattern.starts_with(placeholder.first);
        });
        if (found == placeholders.end()) {
            text += pattern.front();
            pattern.remove_prefix(1);
        } else {
            text += found->second;
            pattern.remove_prefix(found->first.size());
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
    case Dimension::PositionWidth:
        return network.embedding.positionWidth > 0 ? network.embedding.positionWidth
                                                   : network.embedding.width;
    case Dimension::TokenRow:
        return network.embedding.attentionWidth;
    case Dimension::Width:
        return stack.block.width;
    case Dimension::Attention:
        return stack.attentionWidth(block);
    case Dimension::FeedForward:
        return stack.feedForwardWidth(block);
    case Dimension::Labels:
        return static_cast<std::int64_t>(network.labels.size());
    case Dimension::PairAnswers:
        return pairAnswers;
    case Dimension::None:
        break;
    }
    return 0;
}

Layer layerFrom(const LayerPattern &pattern, const NetworkSpecification &network,
                const Architecture &architecture, const StackSpecification *stack, int block)
{
    const StackSpecification &shape = stack ? *stack : network.stacks.front();
    const int owner = stack ? stack->owner(block) : block;
    Where where{architecture.prefix, stack ? stack->name : std::string(), std::to_string(block),
                std::to_string(stack ? stack->weightSet(block) : 0)};
    Layer layer;
    layer.name = replaced(pattern.name, where);
    layer.role = pattern.role;
    layer.stack = where.stack;
    layer.block = block;
    layer.bias = pattern.bias;
    layer.shape = {sizeOf(pattern.rows, network, shape, block)};
    if (pattern.columns != Dimension::None)
        layer.shape.push_back(sizeOf(pattern.columns, network, shape, block));
    const std::string tensor = replaced(pattern.tensor, where);
    layer.tensors.push_back({tensor + ".weight"});
    if (pattern.bias) {
        layer.tensors.push_back(
            {pattern.biasTensor.empty() ? tensor + ".bias" : replaced(pattern.biasTensor, where)});
    }
    where.block = std::to_string(owner);
    if (owner != block)
        layer.sharedWith = replaced(pattern.name, where);
    else if (!pattern.tiedTo.empty() && network.tiedDecoder)
        layer.sharedWith = pattern.tiedTo;
    const std::int64_t rows = layer.shape[0];
    std::int64_t weights = layer.isMatrix() ? rows * layer.shape[1] : rows;
    if (pattern.role == TokenEmbedding && network.embedding.attentionHeads > 0) {
        const int rank = network.embedding.attentionWidth;
        weights = rank * (rows + layer.shape[1]);
        layer.storage = "rank " + std::to_string(rank);
    }
    const bool ownBias = layer.bias && owner == block; // a tied decoder has its own
    layer.parameters = (layer.sharedWith.empty() ? weights : 0) + (ownBias ? rows : 0);
    layer.bytes = layer.parameters * pare::sizeOf(layer.dtype);
    return layer;
}

bool hasPlace(Place place, const NetworkSpecification &network)
{
    switch (place) {
    case Place::TokenAttention:
        return network.embedding.attentionHeads > 0;
    case Place::Pooler:
        return network.pooler && network.head != HeadKind::MaskedLm;
    case Place::Classifier:
        return network.head == HeadKind::Classification;
    case Place::Pair:
        return hasPair(network.head);
    case Place::MaskedLm:
        return hasMaskedLm(network.head);
    case Place::LanguageModel:
        return network.head == HeadKind::LanguageModel;
    case Place::Embedding:
    case Place::Block:
    case Place::CrossAttention:
        break;
    }
    return true;
}

bool isOfBlock(const LayerPattern &pattern)
{
    return pattern.place == Place::Block || pattern.place == Place::CrossAttention;
}

void appendStack(std::vector<Layer> &layers, const StackSpecification &stack,
                 const NetworkSpecification &network, const Architecture &architecture)
{
    for (int block = 0; block < stack.blocks; ++block) {
        for (const LayerPattern &pattern : architecture.layers) {
            if (pattern.place == Place::Block ||
                (pattern.place == Place::CrossAttention && stack.block.crossAttention))
                layers.push_back(layerFrom(pattern, network, architecture, &stack, block));
        }
    }
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

std::optional<Message> whyNotRun(const NetworkSpecification &network)
{
    const char *reason = architectureOf(network.architecture, network.origin).onlyDescribed;
    return reason ? std::optional(message(reason, network.origin)) : std::nullopt;
}

ModelDescription describe(const NetworkSpecification &network)
{
    const Architecture &architecture = architectureOf(network.architecture, network.origin);
    ModelDescription description;
    description.architecture = network.architecture;
    description.blocks = network.stacks.front().blocks;
    description.width = network.width();
    description.headWidth = network.block().headWidth();
    bool blocksDone = false;
    for (const LayerPattern &pattern : architecture.layers) {
        if (!isOfBlock(pattern)) {
            if (hasPlace(pattern.place, network))
                description.layers.push_back(
                    layerFrom(pattern, network, architecture, nullptr, -1));
            continue;
        }
        if (blocksDone)
            continue;
        blocksDone = true;
        for (const StackSpecification &stack : network.stacks)
            appendStack(description.layers, stack, network, architecture);
    }
    for (const Layer &layer : description.layers)
        description.parameters += layer.parameters;
    return description;
}

std::vector<Layer> tokenAttentionLayers(const std::string &modelType, int width)
{
    const Architecture &architecture = architectureOf(modelType, modelType);
    NetworkSpecification network;
    network.embedding.attentionWidth = width;
    network.stacks.resize(1);
    std::vector<Layer> layers;
    for (const LayerPattern &pattern : architecture.layers) {
        if (pattern.place == Place::TokenAttention)
            layers.push_back(layerFrom(pattern, network, architecture, nullptr, -1));
    }
    return layers;
}

std::vector<Layer> headLayers(const NetworkSpecification &network, HeadKind head)
{
    const Architecture &architecture = architectureOf(network.architecture, network.origin);
    NetworkSpecification withHead = network;
    withHead.head = head;
    std::vector<Layer> layers;
    for (const LayerPattern &pattern : architecture.layers) {
        const bool ofHead = pattern.place != Place::Embedding &&
                            pattern.place != Place::TokenAttention && !isOfBlock(pattern);
        if (ofHead && hasPlace(pattern.place, withHead))
            layers.push_back(layerFrom(pattern, withHead, architecture, nullptr, -1));
    }
    return layers;
}

} // namespace pare

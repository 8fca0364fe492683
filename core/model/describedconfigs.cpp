#include "core/model/describedconfigs.h"

#include "core/base/error.h"
#include "core/model/configparts.h"
#include "core/model/configreader.h"
#include "core/model/messages.h"

#include <initializer_list>

namespace pare {

namespace {

using Json = ConfigReader::Json;

constexpr int largestWidth = 1 << 16;
constexpr int largestFeedForward = 1 << 18;
constexpr int largestVocabulary = 1 << 24;
constexpr int largestPositions = 1 << 20;
constexpr int mostBlocks = 1024;

/// Nothing is dropped in a model that is not run.
void checkProbabilities(ConfigReader &reader, std::initializer_list<const char *> keys)
{
    for (const char *key : keys)
        reader.real(key, 0, 0.999, 0);
}

/// Where positions and token types are as wide as the blocks, their width is said; else 0.
int readPositionWidth(ConfigReader &reader, int embeddingWidth, int width)
{
    const int found = reader.integer("position_embedding_size", 1, largestWidth, embeddingWidth);
    if (found != embeddingWidth && found != width)
        throw Error(ErrorKind::InvalidFile, messages::configPositionWidth, reader.origin(),
                    embeddingWidth, width, found);
    return found == embeddingWidth ? 0 : found;
}

StackSpecification readMarianStack(ConfigReader &reader, const std::string &name, int width)
{
    const auto key = [&name](const char *rest) { return name + rest; };
    BlockSpecification block;
    block.width = width;
    block.heads = readHeads(reader, key("_attention_heads").c_str(), "d_model", width);
    block.feedForwardWidth = reader.integer(key("_ffn_dim").c_str(), 1, largestFeedForward);
    block.activation = readActivation(reader, "activation_function", "gelu");
    block.normEpsilon = 1e-5; // no key says another
    block.causal = name == "decoder";
    block.crossAttention = name == "decoder";
    checkProbabilities(reader, {key("_layerdrop").c_str()});
    return {name, reader.integer(key("_layers").c_str(), 1, mostBlocks), block};
}

} // namespace

NetworkSpecification readAlbert(ConfigReader &reader)
{
    NetworkSpecification network;
    BlockSpecification block;
    block.width = reader.integer("hidden_size", 1, largestWidth);
    block.heads = readHeads(reader, "num_attention_heads", "hidden_size", block.width);
    block.feedForwardWidth = reader.integer("intermediate_size", 1, largestFeedForward);
    block.activation = readActivation(reader, "hidden_act", "gelu_new");
    block.normEpsilon = reader.real("layer_norm_eps", 0, 1, 1e-12);
    StackSpecification stack{"encoder", reader.integer("num_hidden_layers", 1, mostBlocks), block};
    stack.weightSets = reader.integer("num_hidden_groups", 1, stack.blocks, 1);
    network.stacks.push_back(stack);
    EmbeddingSpecification &embedding = network.embedding;
    embedding.vocabulary = reader.integer("vocab_size", 1, largestVocabulary);
    embedding.width = reader.integer("embedding_size", 1, largestWidth, 128);
    embedding.positions = reader.integer("max_position_embeddings", 1, largestPositions, 512);
    embedding.tokenTypes = reader.integer("type_vocab_size", 1, 1 << 10, 2);
    embedding.padToken = reader.integer("pad_token_id", 0, embedding.vocabulary - 1, 0);
    embedding.positionWidth = readPositionWidth(reader, embedding.width, block.width);
    network.tiedDecoder = reader.flag("tie_word_embeddings", true);
    network.initializerRange = reader.real("initializer_range", 0, 10, 0.02);
    checkProbabilities(
        reader, {"hidden_dropout_prob", "attention_probs_dropout_prob", "classifier_dropout_prob"});
    for (const char *key : {"inner_group_num", "down_scale_factor"})
        reader.require(key, 1);
    for (const char *key : {"net_structure_type", "gap_size", "num_memory_blocks"})
        reader.require(key, 0);
    reader.require("position_embedding_type", "absolute");
    reader.require("pruned_heads", Json::object());
    reader.require("is_decoder", false);
    reader.require("is_encoder_decoder", false);
    reader.require("add_cross_attention", false);
    return network;
}

NetworkSpecification readDistilBert(ConfigReader &reader)
{
    NetworkSpecification network;
    BlockSpecification block;
    block.width = reader.integer("dim", 1, largestWidth);
    block.heads = readHeads(reader, "n_heads", "dim", block.width);
    block.feedForwardWidth = reader.integer("hidden_dim", 1, largestFeedForward);
    block.activation = readActivation(reader, "activation", "gelu");
    network.stacks.push_back({"encoder", reader.integer("n_layers", 1, mostBlocks), block});
    EmbeddingSpecification &embedding = network.embedding;
    embedding.vocabulary = reader.integer("vocab_size", 1, largestVocabulary);
    embedding.width = block.width;
    embedding.positions = reader.integer("max_position_embeddings", 1, largestPositions, 512);
    embedding.padToken = reader.integer("pad_token_id", 0, embedding.vocabulary - 1, 0);
    network.pooler = false;
    network.tiedDecoder = reader.flag("tie_word_embeddings", true);
    network.initializerRange = reader.real("initializer_range", 0, 10, 0.02);
    checkProbabilities(reader,
                       {"dropout", "attention_dropout", "seq_classif_dropout", "qa_dropout"});
    reader.require("sinusoidal_pos_embds", false);
    reader.require("sinusoidal_pos_embs", false);
    reader.require("tie_weights_", true);
    reader.require("pruned_heads", Json::object());
    reader.require("is_decoder", false);
    reader.require("is_encoder_decoder", false);
    reader.find("output_past"); // only of generation
    return network;
}

NetworkSpecification readMarian(ConfigReader &reader)
{
    NetworkSpecification network;
    const int width = reader.integer("d_model", 1, largestWidth);
    network.stacks = {readMarianStack(reader, "encoder", width),
                      readMarianStack(reader, "decoder", width)};
    EmbeddingSpecification &embedding = network.embedding;
    embedding.vocabulary = reader.integer("vocab_size", 1, largestVocabulary);
    embedding.width = width;
    embedding.positions = reader.integer("max_position_embeddings", 1, largestPositions, 1024);
    embedding.padToken =
        reader.integer("pad_token_id", 0, embedding.vocabulary - 1, embedding.vocabulary - 1);
    network.pooler = false;
    network.tiedDecoder = reader.flag("tie_word_embeddings", true);
    network.initializerRange = reader.real("init_std", 0, 10, 0.02);
    checkProbabilities(reader, {"dropout", "attention_dropout", "activation_dropout"});
    reader.require("is_encoder_decoder", true);
    reader.require("share_encoder_decoder_embeddings", true);
    reader.require("decoder_vocab_size", embedding.vocabulary);
    reader.require("num_hidden_layers", network.stacks.front().blocks);
    reader.require("static_position_embeddings", true);
    for (const char *key :
         {"normalize_before", "normalize_embedding", "add_final_layer_norm", "add_bias_logits"})
        reader.require(key, false);
    reader.flag("scale_embedding", false);
    // Only of generation, of heads that are not described, or of converting other files.
    for (const char *key : {"bad_words_ids", "forced_bos_token_id", "forced_eos_token_id",
                            "classif_dropout", "classifier_dropout", "extra_pos_embeddings"})
        reader.find(key);
    return network;
}

} // namespace pare

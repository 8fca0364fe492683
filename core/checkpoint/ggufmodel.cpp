#include "core/checkpoint/ggufmodel.h"

#include "core/base/error.h"
#include "core/checkpoint/gguffactor.h"
#include "core/checkpoint/messages.h"
#include "core/model/architecture.h"
#include "core/tensors/safetensorsheader.h"
#include "core/text/usedtokens.h"
#include "core/text/vocabulary.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace pare {

namespace {

using Metadata = std::vector<std::pair<std::string, GgufValue>>;

constexpr std::int64_t noPooling = 0;
constexpr std::int64_t rankPooling = 4; ///< logits from the first token's hidden state
constexpr std::int64_t quantizationVersion = 2;
constexpr auto activationKey = "pare.hidden_act";

// What "tokenizer.ggml.token_type" calls a token.
constexpr std::int64_t normalToken = 1;
constexpr std::int64_t unknownTokenType = 2;
constexpr std::int64_t controlToken = 3;
constexpr std::int64_t unusedToken = 5;

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> blockNames{{
    {"attention.query", "attn_q"},
    {"attention.key", "attn_k"},
    {"attention.value", "attn_v"},
    {"attention.output", "attn_output"},
    {"attention.norm", "attn_output_norm"},
    {"ffn.up", "ffn_up"},
    {"ffn.down", "ffn_down"},
    {"ffn.norm", "layer_output_norm"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> otherNames{{
    {"embedding.token", "token_embd"},
    {"embedding.position", "position_embd"},
    {"embedding.type", "token_types"},
    {"embedding.norm", "token_embd_norm"},
    {"pooler", "cls"},
    {"classifier", "cls.output"},
    {"pair", "cls.output"},
}};

template <class Table>
std::string lookedUp(const Table &table, std::string_view name)
{
    const auto found =
        std::ranges::find(table, name, &std::pair<std::string_view, std::string_view>::first);
    return found == table.end() ? std::string() : std::string(found->second);
}

std::vector<std::string> answersOf(const NetworkSpecification &specification)
{
    if (specification.head == HeadKind::Classification)
        return specification.labels;
    return {"next", "not next"}; // as pair heads number them
}

bool hasClassifier(const NetworkSpecification &specification)
{
    return specification.head == HeadKind::Classification ||
           specification.head == HeadKind::SentencePair;
}

void checkBlocks(const StackSpecification &stack, const std::filesystem::path &file)
{
    const StackSpecification normal = normalized(stack);
    for (int block = 0; block < stack.blocks; ++block) {
        const std::string name = fmt::format("{}.{}", stack.name, block);
        if (stack.heads(block) != stack.block.heads)
            throw Error(ErrorKind::Unsupported, messages::ggufHeads, file, name, stack.heads(block),
                        stack.block.heads);
        if (stack.feedForwardWidth(block) != normal.block.feedForwardWidth)
            throw Error(ErrorKind::Unsupported, messages::ggufFeedForward, file, name,
                        stack.feedForwardWidth(block), normal.block.feedForwardWidth);
    }
}

/// The tokens of the model's table, in the order of its rows.
Vocabulary vocabularyOf(const NetworkSpecification &specification, const TokenizerSource &tokenizer)
{
    const std::filesystem::path file = tokenizer.folder / "vocab.txt";
    const auto rows = static_cast<std::int64_t>(specification.embedding.vocabulary);
    if (tokenizer.tokens.empty())
        return Vocabulary::read(file, rows);
    const Vocabulary whole = Vocabulary::read(file);
    for (const int id : tokenizer.tokens) {
        if (id < 0 || id >= whole.size())
            throw Error(ErrorKind::InvalidFile, messages::ggufToken, file, id, whole.size());
    }
    return restricted(whole, tokenizer.tokens);
}

bool isControl(std::string_view token)
{
    constexpr std::array control{padToken, classifyToken, separatorToken, maskToken};
    return std::ranges::find(control, token) != control.end();
}

/// A token as llama.cpp's tokenizer looks for it.
std::string spacedToken(std::string_view token)
{
    if (isControl(token) || token == unknownToken)
        return std::string(token);
    if (token.starts_with("##"))
        return std::string(token.substr(2));
    return "\u2581" + std::string(token);
}

HeadKind headOf(const GgufReader &reader)
{
    return reader.find("cls.output.weight") ? HeadKind::Classification : HeadKind::None;
}

int smallInteger(const GgufReader &reader, std::string_view key, std::int64_t most)
{
    const std::int64_t value = reader.integer(key);
    if (value < 1 || value > most)
        throw Error(ErrorKind::InvalidFile, messages::ggufKeyRange, reader.path(), key, 1, most,
                    value);
    return static_cast<int>(value);
}

Activation activationOf(const GgufReader &reader)
{
    const GgufValue *value = reader.header().find(activationKey);
    const auto *text = value ? std::get_if<std::string>(value) : nullptr;
    return text && *text == nameOf(Activation::GeluTanh) ? Activation::GeluTanh : Activation::Gelu;
}

const GgufTensor &requireTensor(const GgufReader &reader, const std::string &name)
{
    const GgufTensor *tensor = reader.find(name);
    if (!tensor)
        throw Error(ErrorKind::InvalidFile, messages::ggufTensorMissing, reader.path(), name);
    return *tensor;
}

NetworkSpecification specificationOf(const GgufReader &reader)
{
    if (const std::string &layout = reader.text("general.architecture"); layout != "bert")
        throw Error(ErrorKind::Unsupported, messages::ggufLayout, reader.path(), layout);
    NetworkSpecification network;
    network.architecture = "bert";
    network.origin = reader.path().string();
    BlockSpecification block;
    block.width = smallInteger(reader, "bert.embedding_length", 1 << 16);
    block.heads = smallInteger(reader, "bert.attention.head_count", block.width);
    block.feedForwardWidth = smallInteger(reader, "bert.feed_forward_length", 1 << 18);
    block.activation = activationOf(reader);
    block.normEpsilon = reader.real("bert.attention.layer_norm_epsilon");
    network.stacks.push_back({"encoder", smallInteger(reader, "bert.block_count", 1024), block});
    network.embedding.width = block.width;
    network.embedding.positions = smallInteger(reader, "bert.context_length", 1 << 20);
    network.embedding.tokenTypes = smallInteger(reader, "tokenizer.ggml.token_type_count", 1 << 10);
    network.embedding.vocabulary = static_cast<int>(reader.texts("tokenizer.ggml.tokens").size());
    network.head = headOf(reader);
    network.pooler = network.head == HeadKind::Classification;
    if (network.pooler)
        network.labels = reader.texts("bert.classifier.output_labels");
    network.labelsNamed = network.pooler;
    return network;
}

/// Of that shape.
const GgufTensor &tensorOf(const GgufReader &reader, const std::string &name,
                           const std::vector<std::int64_t> &shape)
{
    const GgufTensor &tensor = requireTensor(reader, name);
    if (tensor.shape != shape)
        throw Error(ErrorKind::InvalidFile, messages::checkpointTensorShape, reader.path(), name,
                    shapeText(shape), shapeText(tensor.shape));
    return tensor;
}

/// What config.json says, with the head that the file has.
NetworkSpecification withHeadOf(NetworkSpecification network, const GgufReader &reader)
{
    const HeadKind found = headOf(reader);
    if (found == HeadKind::None || network.head != HeadKind::SentencePair)
        network.head = found;
    network.pooler = found != HeadKind::None;
    return network;
}

} // namespace

void checkGgufHolds(const NetworkSpecification &network, const std::filesystem::path &file)
{
    const BlockSpecification &block = network.block();
    const auto refuse = [&file](const std::string &what, const std::string &expected) {
        throw Error(ErrorKind::Unsupported, messages::ggufCannotHold, file, what, expected);
    };
    if (network.architecture != "bert" || network.stacks.size() != 1)
        refuse("model_type \"" + network.architecture + "\"", "bert");
    if (hasMaskedLm(network.head) || network.head == HeadKind::LanguageModel)
        refuse("a head over the vocabulary", "a classifier, a pair head or none");
    if (block.activation != Activation::Gelu && block.activation != Activation::GeluTanh)
        refuse(fmt::format("the activation {}", nameOf(block.activation)), "gelu");
    if (block.normPlace != NormPlace::Post || block.causal || block.crossAttention)
        refuse("blocks of a decoder", "an encoder with norms after each half");
    if (network.embedding.attentionHeads > 0)
        refuse("token rows that see each other (embedding.attention)", "a table alone");
    const int positionWidth = network.embedding.positionWidth;
    if (network.embedding.width != block.width ||
        (positionWidth > 0 && positionWidth != block.width))
        refuse(fmt::format("an embedding {} wide", network.embedding.width),
               fmt::format("{}, the width of the blocks", block.width));
    checkBlocks(network.stacks.front(), file);
}

std::string ggufName(const Layer &layer)
{
    if (layer.block < 0)
        return lookedUp(otherNames, layer.name);
    const std::string prefix = fmt::format("{}.{}.", layer.stack, layer.block);
    const std::string name =
        lookedUp(blockNames, std::string_view(layer.name).substr(prefix.size()));
    return name.empty() ? name : fmt::format("blk.{}.{}", layer.block, name);
}

Metadata ggufMetadata(const NetworkSpecification &network, const std::string &name,
                      GgufType fileType)
{
    const StackSpecification stack = normalized(network.stacks.front());
    const BlockSpecification &block = stack.block;
    const auto integer = [](int value) { return static_cast<std::int64_t>(value); };
    Metadata metadata{
        {"general.architecture", std::string("bert")},
        {"general.type", std::string("model")},
        {"general.name", name},
        {"general.file_type", static_cast<std::int64_t>(traitsOf(fileType).fileType)},
        {"general.quantization_version", quantizationVersion},
        {"bert.block_count", integer(stack.blocks)},
        {"bert.context_length", integer(network.embedding.positions)},
        {"bert.embedding_length", integer(block.width)},
        {"bert.feed_forward_length", integer(block.feedForwardWidth)},
        {"bert.attention.head_count", integer(block.heads)},
        {"bert.attention.layer_norm_epsilon", block.normEpsilon},
        {"bert.attention.causal", false},
        {"bert.pooling_type", hasClassifier(network) ? rankPooling : noPooling},
        {activationKey, std::string(nameOf(block.activation))},
    };
    if (hasClassifier(network))
        metadata.emplace_back("bert.classifier.output_labels", answersOf(network));
    return metadata;
}

Metadata ggufTokenizer(const NetworkSpecification &network, const TokenizerSource &tokenizer)
{
    const Vocabulary vocabulary = vocabularyOf(network, tokenizer);
    std::vector<std::string> tokens;
    std::vector<std::int64_t> types;
    for (int id = 0; id < network.embedding.vocabulary; ++id) {
        const bool isUsed = id < vocabulary.size();
        const std::string_view token = isUsed ? vocabulary.token(id) : std::string_view();
        tokens.push_back(isUsed ? spacedToken(token) : fmt::format("[PAD{}]", id));
        types.push_back(!isUsed                 ? unusedToken
                        : token == unknownToken ? unknownTokenType
                        : isControl(token)      ? controlToken
                                                : normalToken);
    }
    Metadata metadata{
        {"tokenizer.ggml.model", std::string("bert")},
        {"tokenizer.ggml.tokens", std::move(tokens)},
        {"tokenizer.ggml.scores", std::vector<double>(types.size())},
        {"tokenizer.ggml.token_type", std::move(types)},
        {"tokenizer.ggml.token_type_count",
         static_cast<std::int64_t>(network.embedding.tokenTypes)},
    };
    // Two names for [CLS] and for [SEP]: readers of different age look for one or the other.
    constexpr std::array<std::pair<const char *, std::string_view>, 7> ids{{
        {"tokenizer.ggml.bos_token_id", classifyToken},
        {"tokenizer.ggml.cls_token_id", classifyToken},
        {"tokenizer.ggml.eos_token_id", separatorToken},
        {"tokenizer.ggml.seperator_token_id", separatorToken}, // spelt so by the format
        {"tokenizer.ggml.padding_token_id", padToken},
        {"tokenizer.ggml.unknown_token_id", unknownToken},
        {"tokenizer.ggml.mask_token_id", maskToken},
    }};
    for (const auto &[key, token] : ids) {
        if (const std::optional<int> id = vocabulary.id(token))
            metadata.emplace_back(key, static_cast<std::int64_t>(*id));
    }
    return metadata;
}

GgufModel readGgufModel(const std::shared_ptr<const GgufReader> &reader,
                        const std::optional<NetworkSpecification> &beside)
{
    NetworkSpecification own = specificationOf(*reader); // checks the keys, whatever is beside them
    GgufModel model{beside ? withHeadOf(*beside, *reader) : std::move(own), {}};
    for (const Layer &layer : describe(model.specification).layers) {
        const std::string name = ggufName(layer);
        LayerWeights &weights = model.weights.layers[layer.name];
        weights.weight = ggufFactor(reader, tensorOf(*reader, name + ".weight", layer.shape));
        if (layer.bias)
            weights.bias = reader->values(tensorOf(*reader, name + ".bias", {layer.shape[0]}));
        reader->releasePages();
    }
    return model;
}

} // namespace pare

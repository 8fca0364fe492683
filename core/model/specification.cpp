#include "core/model/specification.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "core/model/architecture.h"
#include "core/model/messages.h"

#include <algorithm>
#include <array>
#include <climits>
#include <optional>

#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<std::string_view, Activation>, 8> activationNames{{
    {"gelu", Activation::Gelu},
    {"gelu_new", Activation::GeluTanh},
    {"gelu_pytorch_tanh", Activation::GeluTanh},
    {"gelu_fast", Activation::GeluTanh},
    {"relu", Activation::Relu},
    {"silu", Activation::Silu},
    {"swish", Activation::Silu},
    {"tanh", Activation::Tanh},
}};

/// Keys that say nothing about the computation of a forward pass.
constexpr std::array<std::string_view, 44> harmlessKeys{
    "_name_or_path",
    "_attn_implementation_autoset",
    "attn_implementation",
    "bos_token_id",
    "sep_token_id",
    "cls_token_id",
    "eos_token_id",
    "mask_token_id",
    "unk_token_id",
    "use_cache",
    "transformers_version",
    "torch_dtype",
    "dtype",
    "gradient_checkpointing",
    "output_attentions",
    "output_hidden_states",
    "return_dict",
    "torchscript",
    "chunk_size_feed_forward",
    "finetuning_task",
    "task_specific_params",
    "tokenizer_class",
    "prefix",
    "max_length",
    "min_length",
    "do_sample",
    "num_beams",
    "temperature",
    "top_k",
    "top_p",
    "directionality",
    "pooler_fc_size",
    "pooler_num_attention_heads",
    "pooler_num_fc_layers",
    "pooler_size_per_head",
    "pooler_type",
    "label2id",
    "num_labels",
    "use_bfloat16",
    "tf_legacy_loss",
    "tie_encoder_decoder",
    "decoder_start_token_id",
    "early_stopping",
    "pare",
};

/// Reads typed values of one JSON object and remembers which keys were asked for.
class Reader
{
public:
    Reader(const Json &object, const std::string &origin)
        : m_object(object)
        , m_origin(origin)
    {}

    const Json *find(const char *key)
    {
        m_known.emplace_back(key);
        const auto found = m_object.find(key);
        return found == m_object.end() || found->is_null() ? nullptr : &*found;
    }

    int integer(const char *key, int low, int high, std::optional<int> fallback = {})
    {
        const Json *value = find(key);
        if (!value && fallback)
            return *fallback;
        const bool whole = value && (value->is_number_integer() || value->is_number_unsigned());
        const std::int64_t number =
            whole && !(value->is_number_unsigned() && value->get<std::uint64_t>() > INT32_MAX)
                ? value->get<std::int64_t>()
                : std::int64_t{INT64_MIN};
        if (number < low || number > high)
            throw Error(ErrorKind::InvalidFile, messages::configInteger, m_origin, key, low, high,
                        value ? value->dump() : "nothing");
        return static_cast<int>(number);
    }

    double real(const char *key, double low, double high, double fallback)
    {
        const Json *value = find(key);
        if (!value)
            return fallback;
        const double number = value->is_number() ? value->get<double>() : low - 1;
        if (!(number >= low && number <= high))
            throw Error(ErrorKind::InvalidFile, messages::configReal, m_origin, key, low, high,
                        value->dump());
        return number;
    }

    std::string text(const char *key, const std::string &fallback)
    {
        const Json *value = find(key);
        if (!value)
            return fallback;
        if (!value->is_string())
            throw Error(ErrorKind::InvalidFile, messages::configText, m_origin, key, value->dump());
        return value->get<std::string>();
    }

    bool flag(const char *key, bool fallback)
    {
        const Json *value = find(key);
        if (!value)
            return fallback;
        if (!value->is_boolean())
            throw Error(ErrorKind::InvalidFile, messages::configFlag, m_origin, key, value->dump());
        return value->get<bool>();
    }

    /// Throws Unsupported unless the key is absent or holds `only`.
    void require(const char *key, const Json &only)
    {
        const Json *value = find(key);
        if (value && *value != only)
            throw Error(ErrorKind::Unsupported, messages::configUnsupported, m_origin, key,
                        value->dump(), only.dump());
    }

    std::vector<Message> unknownKeys() const
    {
        std::vector<Message> warnings;
        for (const auto &[key, value] : m_object.items()) {
            if (std::ranges::find(m_known, key) == m_known.end() &&
                std::ranges::find(harmlessKeys, key) == harmlessKeys.end())
                warnings.push_back(message(messages::configUnknownKey, m_origin, key));
        }
        return warnings;
    }

private:
    const Json &m_object;
    const std::string &m_origin;
    std::vector<std::string> m_known;
};

Activation activationFrom(const std::string &name, const std::string &origin)
{
    const auto found =
        std::ranges::find(activationNames, name, &std::pair<std::string_view, Activation>::first);
    if (found != activationNames.end())
        return found->second;
    throw Error(ErrorKind::Unsupported, messages::configActivation, origin, name);
}

constexpr std::size_t largestLabelCount = 100'000;

/// {"0": "noun.animal", …}: every index from 0 exactly once.
std::vector<std::string> labelsFrom(const Json &object, const std::string &origin)
{
    if (!object.is_object() || object.empty() || object.size() > largestLabelCount)
        throw Error(ErrorKind::InvalidFile, messages::configLabels, origin);
    std::vector<std::string> labels(object.size());
    std::vector<bool> seen(object.size());
    for (const auto &[key, value] : object.items()) {
        const auto index = parseInteger(key);
        if (!index || *index < 0 || *index >= static_cast<std::int64_t>(labels.size()) ||
            seen[*index] || !value.is_string())
            throw Error(ErrorKind::InvalidFile, messages::configLabels, origin);
        seen[*index] = true;
        labels[*index] = value.get<std::string>();
    }
    std::vector<std::string> sorted = labels;
    std::ranges::sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end())
        throw Error(ErrorKind::InvalidFile, messages::configLabelTwice, origin,
                    *std::ranges::adjacent_find(sorted));
    return labels;
}

void readLabels(Reader &reader, NetworkSpecification &network)
{
    if (const Json *labels = reader.find("id2label")) {
        network.labels = labelsFrom(*labels, network.origin);
    } else {
        const int count = reader.integer("num_labels", 1, largestLabelCount, 2);
        for (int i = 0; i < count; ++i)
            network.labels.push_back("LABEL_" + std::to_string(i));
    }
    for (std::size_t i = 0; i < network.labels.size(); ++i)
        network.labelsNamed |= network.labels[i] != "LABEL_" + std::to_string(i);
}

HeadKind headFrom(const Json *architectures, const std::string &origin)
{
    if (!architectures)
        return HeadKind::None;
    if (!architectures->is_array())
        throw Error(ErrorKind::InvalidFile, messages::configArchitectures, origin,
                    architectures->dump());
    for (const Json &name : *architectures) {
        if (!name.is_string())
            throw Error(ErrorKind::InvalidFile, messages::configArchitectures, origin,
                        architectures->dump());
        const std::string text = name.get<std::string>();
        if (text.ends_with("ForSequenceClassification"))
            return HeadKind::Classification;
        if (text.ends_with("ForMaskedLM") || text.ends_with("ForPreTraining"))
            return HeadKind::MaskedLm;
    }
    return HeadKind::None;
}

void refuseOtherComputations(Reader &reader)
{
    reader.require("position_embedding_type", "absolute");
    reader.require("is_decoder", false);
    reader.require("is_encoder_decoder", false);
    reader.require("add_cross_attention", false);
    reader.require("pruned_heads", Json::object());
    reader.require("problem_type", "single_label_classification");
    reader.require("quantization_config", Json());
}

NetworkSpecification readBert(Reader &reader, const std::string &origin)
{
    NetworkSpecification network;
    network.origin = origin;
    network.architecture = "bert";
    BlockSpecification block;
    block.width = reader.integer("hidden_size", 1, 1 << 16);
    block.heads = reader.integer("num_attention_heads", 1, 1 << 12);
    block.feedForwardWidth = reader.integer("intermediate_size", 1, 1 << 18);
    block.activation = activationFrom(reader.text("hidden_act", "gelu"), origin);
    block.normEpsilon = reader.real("layer_norm_eps", 0, 1, 1e-12);
    if (block.width % block.heads != 0)
        throw Error(ErrorKind::InvalidFile, messages::configHeads, origin, block.width,
                    block.heads);
    network.stacks.push_back({"encoder", reader.integer("num_hidden_layers", 1, 1024), block});
    network.embedding.vocabulary = reader.integer("vocab_size", 1, 1 << 24);
    network.embedding.width = block.width;
    network.embedding.positions = reader.integer("max_position_embeddings", 3, 1 << 20, 512);
    network.embedding.tokenTypes = reader.integer("type_vocab_size", 1, 1 << 10, 2);
    network.embedding.padToken =
        reader.integer("pad_token_id", 0, network.embedding.vocabulary - 1, 0);
    network.initializerRange = reader.real("initializer_range", 0, 10, 0.02);
    network.dropout.hidden = reader.real("hidden_dropout_prob", 0, 0.999, 0.1);
    network.dropout.attention = reader.real("attention_probs_dropout_prob", 0, 0.999, 0.1);
    network.dropout.classifier =
        reader.real("classifier_dropout", 0, 0.999, network.dropout.hidden);
    network.tiedDecoder = reader.flag("tie_word_embeddings", true);
    network.head = headFrom(reader.find("architectures"), origin);
    readLabels(reader, network);
    refuseOtherComputations(reader);
    return network;
}

} // namespace

int StackSpecification::heads(int number) const
{
    return shapes.empty() ? block.heads
                          : block.heads - static_cast<int>(shapes.at(number).prunedHeads.size());
}

int StackSpecification::attentionWidth(int number) const
{
    return heads(number) * block.headWidth();
}

int StackSpecification::feedForwardWidth(int number) const
{
    return shapes.empty() ? block.feedForwardWidth : shapes.at(number).feedForwardWidth;
}

std::string_view nameOf(Activation activation)
{
    return std::ranges::find(activationNames, activation,
                             &std::pair<std::string_view, Activation>::second)
        ->first;
}

ReadSpecification specificationFromJson(std::string_view text, const std::string &origin)
{
    Json document;
    try {
        document = parsedJson(text);
    } catch (const Error &error) {
        throw Error(ErrorKind::InvalidFile, messages::configJson, origin, error.what());
    }
    if (!document.is_object())
        throw Error(ErrorKind::InvalidFile, messages::configJson, origin, "expected an object");
    Reader reader(document, origin);
    const Json *type = reader.find("model_type");
    if (!type || !type->is_string())
        throw Error(ErrorKind::InvalidFile, messages::configModelType, origin,
                    type ? type->dump() : "nothing");
    architectureOf(type->get<std::string>(), origin); // throws where there is no such row
    ReadSpecification result;
    result.specification = readBert(reader, origin);
    result.warnings = reader.unknownKeys();
    return result;
}

Json configJson(const NetworkSpecification &network)
{
    constexpr std::array<const char *, 3> classes{"BertModel", "BertForSequenceClassification",
                                                  "BertForMaskedLM"};
    const BlockSpecification &block = network.block();
    Json labels = Json::object();
    Json indices = Json::object();
    for (std::size_t i = 0; i < network.labels.size(); ++i) {
        labels[std::to_string(i)] = network.labels[i];
        indices[network.labels[i]] = i;
    }
    return {{"architectures", {classes[static_cast<std::size_t>(network.head)]}},
            {"model_type", network.architecture},
            {"hidden_size", block.width},
            {"num_hidden_layers", network.stacks.front().blocks},
            {"num_attention_heads", block.heads},
            {"intermediate_size", block.feedForwardWidth},
            {"hidden_act", nameOf(block.activation)},
            {"layer_norm_eps", block.normEpsilon},
            {"vocab_size", network.embedding.vocabulary},
            {"max_position_embeddings", network.embedding.positions},
            {"type_vocab_size", network.embedding.tokenTypes},
            {"pad_token_id", network.embedding.padToken},
            {"position_embedding_type", "absolute"},
            {"initializer_range", network.initializerRange},
            {"hidden_dropout_prob", network.dropout.hidden},
            {"attention_probs_dropout_prob", network.dropout.attention},
            {"classifier_dropout", network.dropout.classifier},
            {"tie_word_embeddings", network.tiedDecoder},
            {"id2label", labels},
            {"label2id", indices}};
}

} // namespace pare

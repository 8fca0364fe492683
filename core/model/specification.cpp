#include "core/model/specification.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "core/model/architecture.h"
#include "core/model/configparts.h"
#include "core/model/configreader.h"
#include "core/model/describedconfigs.h"
#include "core/model/messages.h"
#include "core/model/structureconfig.h"

#include <algorithm>
#include <array>
#include <cassert>

#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

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

void readLabels(ConfigReader &reader, NetworkSpecification &network)
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
        if (text.ends_with("ForNextSentencePrediction"))
            return HeadKind::SentencePair;
        if (text.ends_with("MTModel"))
            return HeadKind::LanguageModel;
    }
    return HeadKind::None;
}

void refuseOtherComputations(ConfigReader &reader)
{
    reader.require("position_embedding_type", "absolute");
    reader.require("is_decoder", false);
    reader.require("is_encoder_decoder", false);
    reader.require("add_cross_attention", false);
    reader.require("problem_type", "single_label_classification");
    reader.require("quantization_config", Json());
}

NetworkSpecification readBert(ConfigReader &reader, const std::string &origin)
{
    NetworkSpecification network;
    network.origin = origin;
    network.architecture = "bert";
    BlockSpecification block;
    block.width = reader.integer("hidden_size", 1, 1 << 16);
    block.heads = readHeads(reader, "num_attention_heads", "hidden_size", block.width);
    block.feedForwardWidth = reader.integer("intermediate_size", 1, 1 << 18);
    block.activation = readActivation(reader, "hidden_act", "gelu");
    block.normEpsilon = reader.real("layer_norm_eps", 0, 1, 1e-12);
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
    return withStructureKeys(std::move(network), reader);
}

/// What Hugging Face calls a BERT with this head.
const char *bertClass(HeadKind head)
{
    switch (head) {
    case HeadKind::Classification:
        return "BertForSequenceClassification";
    case HeadKind::MaskedLm:
        return "BertForMaskedLM";
    case HeadKind::SentencePair:
        return "BertForNextSentencePrediction";
    case HeadKind::Pretraining:
        return "BertForPreTraining";
    case HeadKind::None:
    case HeadKind::LanguageModel:
        break;
    }
    return "BertModel";
}

using ReadDescribed = NetworkSpecification (*)(ConfigReader &);
constexpr std::array<std::pair<std::string_view, ReadDescribed>, 3> describedReaders{{
    {"albert", readAlbert},
    {"distilbert", readDistilBert},
    {"marian", readMarian},
}};

NetworkSpecification readNetwork(std::string_view type, ConfigReader &reader,
                                 const std::string &origin)
{
    const auto found = std::ranges::find(describedReaders, type,
                                         &std::pair<std::string_view, ReadDescribed>::first);
    if (found == describedReaders.end())
        return readBert(reader, origin);
    NetworkSpecification network = found->second(reader);
    network.origin = origin;
    network.architecture = type;
    network.head = headFrom(reader.find("architectures"), origin);
    readLabels(reader, network);
    reader.require("problem_type", "single_label_classification");
    reader.require("quantization_config", Json());
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

StackSpecification normalized(StackSpecification stack)
{
    if (stack.shapes.empty())
        return stack;
    const auto allHave = [&stack](int width) {
        return std::ranges::all_of(stack.shapes, [width](const BlockShape &shape) {
            return shape.feedForwardWidth == width;
        });
    };
    if (allHave(stack.shapes.front().feedForwardWidth))
        stack.block.feedForwardWidth = stack.shapes.front().feedForwardWidth;
    const bool whole = std::ranges::all_of(
        stack.shapes, [](const BlockShape &shape) { return shape.prunedHeads.empty(); });
    if (whole && allHave(stack.block.feedForwardWidth))
        stack.shapes.clear();
    return stack;
}

int StackSpecification::weightSet(int number) const
{
    return weightSets == 0 ? number : number * weightSets / blocks;
}

int StackSpecification::owner(int number) const
{
    int first = number;
    while (first > 0 && weightSet(first - 1) == weightSet(number))
        --first;
    return first;
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
    ConfigReader reader(document, origin);
    const Json *type = reader.find("model_type");
    if (!type || !type->is_string())
        throw Error(ErrorKind::InvalidFile, messages::configModelType, origin,
                    type ? type->dump() : "nothing");
    const std::string name = type->get<std::string>();
    architectureOf(name, origin); // throws where there is no such row
    ReadSpecification result;
    result.specification = readNetwork(name, reader, origin);
    result.warnings = reader.unknownKeys();
    return result;
}

Json configJson(const NetworkSpecification &network)
{
    assert(network.architecture == "bert");
    const BlockSpecification block = normalized(network.stacks.front()).block;
    Json labels = Json::object();
    Json indices = Json::object();
    for (std::size_t i = 0; i < network.labels.size(); ++i) {
        labels[std::to_string(i)] = network.labels[i];
        indices[network.labels[i]] = i;
    }
    Json config{{"architectures", {bertClass(network.head)}},
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
    config.update(structureKeys(network));
    return config;
}

} // namespace pare

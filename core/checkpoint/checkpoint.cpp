#include "core/checkpoint/checkpoint.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/checkpoint/messages.h"
#include "core/checkpoint/modelfile.h"
#include "core/network/tokenrows.h"
#include "core/tensors/safetensorsfile.h"
#include "core/tensors/tensor.h"
#include "core/tensors/torcherrors.h"
#include "core/text/usedtokens.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

namespace pare {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::uint64_t largestConfig = 16u << 20;
constexpr std::uint64_t largestTokenizerFile = 64u << 20;
constexpr std::array tokenizerFiles{"vocab.txt", "tokenizer_config.json",
                                    "special_tokens_map.json"};

struct Location
{
    fs::path config;
    fs::path weights; ///< empty: none
};

Location located(const fs::path &path, CheckpointWeights needed)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        readFile(path); // says what is wrong
    Location location;
    if (fs::is_directory(path, ignored)) {
        location = {path / "config.json", path / "model.safetensors"};
    } else if (path.extension() == ".safetensors") {
        location = {path.parent_path() / "config.json", path};
    } else if (path.extension() == ".json") {
        location = {path, path.parent_path() / "model.safetensors"};
    } else {
        throw Error(ErrorKind::InvalidFile, messages::checkpointKind, path);
    }
    if (!fs::exists(location.config, ignored))
        throw Error(ErrorKind::Io, messages::checkpointNoConfig, path);
    if (needed != CheckpointWeights::Ignored && fs::exists(location.weights, ignored))
        return location;
    location.weights.clear();
    const fs::path folder = location.config.parent_path();
    for (const char *other : {"pytorch_model.bin", "model.safetensors.index.json", "tf_model.h5"}) {
        if (needed == CheckpointWeights::Required && fs::exists(folder / other, ignored))
            throw Error(ErrorKind::Unsupported, messages::checkpointOtherFormat, path, other);
    }
    if (needed == CheckpointWeights::Required)
        throw Error(ErrorKind::Io, messages::checkpointNoWeights, path);
    return location;
}

/// "LayerNorm.weight" was "LayerNorm.gamma" in the first checkpoints.
std::string legacyName(std::string name)
{
    for (const auto &[now, then] :
         {std::pair{"LayerNorm.weight", "LayerNorm.gamma"}, {"LayerNorm.bias", "LayerNorm.beta"}}) {
        if (name.ends_with(now))
            name.replace(name.size() - std::string(now).size(), std::string::npos, then);
    }
    return name;
}

/// Finds the tensors of layers in one file, whatever prefix it uses, and builds their weights.
class WeightReader
{
public:
    WeightReader(std::shared_ptr<const SafetensorsFile> file, std::string_view prefix)
        : m_file(std::move(file))
        , m_origin(m_file->path().filename().string())
        , m_prefix(prefix)
    {
        readPackings();
    }

    bool has(const Layer &layer) const
    {
        return m_packings.contains(layer.name) || find(layer.tensors[0].name);
    }
    bool isCompressed() const { return !m_packings.empty(); }

    LayerWeights read(const Layer &layer)
    {
        LayerWeights weights;
        const auto packing = m_packings.find(layer.name);
        if (packing != m_packings.end())
            weights.weight = readPacked(layer, packing->second);
        else if (!layer.sharedWith.empty())
            weights.weight = Shared{layer.sharedWith};
        else
            weights.weight = Factor::dense(tensor(layer, layer.tensors[0].name, layer.shape));
        if (layer.bias && !std::holds_alternative<Shared>(weights.weight))
            weights.bias = tensor(layer, layer.tensors[1].name, {layer.shape[0]});
        else if (layer.bias && !layer.sharedWith.empty())
            weights.bias =
                tensor(layer, layer.tensors[1].name, {layer.shape[0]}); // tied weight, own bias
        return weights;
    }

    /// Tensors that no layer asked for.
    std::vector<std::string> unused() const
    {
        std::vector<std::string> names;
        for (const SafetensorsEntry &entry : m_file->tensors()) {
            const bool buffer =
                entry.name.ends_with("position_ids") || entry.name.ends_with("token_type_ids");
            const bool tied = entry.name == "cls.predictions.decoder.weight" ||
                              entry.name == "cls.predictions.decoder.bias";
            if (!m_used.contains(entry.name) && !buffer && !tied)
                names.push_back(entry.name);
        }
        return names;
    }

private:
    void readPackings()
    {
        const auto text = m_file->metadata().find("pare");
        if (text == m_file->metadata().end())
            return;
        try {
            readPackings(parsedJson(text->second));
        } catch (const Error &error) {
            if (error.kind() == ErrorKind::Unsupported)
                throw;
            throw Error(ErrorKind::InvalidFile, messages::checkpointFormatJson, m_origin,
                        error.what());
        } catch (const nlohmann::json::exception &error) {
            throw Error(ErrorKind::InvalidFile, messages::checkpointFormatJson, m_origin,
                        error.what());
        }
    }

    void readPackings(const Json &document)
    {
        const int format = document.at("format").get<int>();
        if (format < 1 || format > modelFileFormat)
            throw Error(ErrorKind::Unsupported, messages::checkpointFormatNewer, m_origin, format,
                        modelFileFormat);
        const Json &layers = document.at("layers");
        if (!layers.is_object())
            throw Error(ErrorKind::InvalidFile, messages::checkpointLayers, layers.type_name());
        for (const auto &[name, description] : layers.items())
            m_packings[name] = description;
    }

    const SafetensorsEntry *find(const std::string &name) const
    {
        if (const SafetensorsEntry *entry = m_file->find(name))
            return entry;
        if (const SafetensorsEntry *entry = m_file->find(legacyName(name)))
            return entry;
        if (!name.starts_with(m_prefix))
            return nullptr;
        const std::string bare = name.substr(m_prefix.size());
        const SafetensorsEntry *entry = m_file->find(bare);
        return entry ? entry : m_file->find(legacyName(bare));
    }

    at::Tensor tensor(const Layer &layer, const std::string &name,
                      const std::vector<std::int64_t> &shape)
    {
        const SafetensorsEntry *entry = find(name);
        if (!entry)
            throw Error(ErrorKind::InvalidFile, messages::checkpointTensorMissing, m_origin, name,
                        layer.name);
        if (entry->shape != shape)
            throw Error(ErrorKind::InvalidFile, messages::checkpointTensorShape, m_origin,
                        entry->name, shapeText(shape), shapeText(entry->shape));
        if (!isFloating(entry->dtype))
            throw Error(ErrorKind::InvalidFile, messages::checkpointTensorType, m_origin,
                        entry->name, nameOf(entry->dtype));
        m_used.insert(entry->name);
        return toTensor(m_file, *entry);
    }

    Weight readPacked(const Layer &layer, const Json &description)
    {
        const std::string &prefix = layer.tensors[0].name;
        std::map<std::string, StoredTensor> tensors;
        for (const SafetensorsEntry &entry : m_file->tensors()) {
            if (entry.name != prefix && !entry.name.starts_with(prefix + "."))
                continue;
            m_used.insert(entry.name);
            tensors[entry.name] = {entry.name, entry.dtype, entry.shape, toTensor(m_file, entry)};
        }
        const std::string origin = m_origin + ": layer " + layer.name;
        Weight weight = unpackedWeight(description, prefix, tensors, origin);
        if (!std::holds_alternative<Shared>(weight) && shapeOf(weight) != layer.shape)
            throw Error(ErrorKind::InvalidFile, messages::checkpointTensorShape, m_origin, prefix,
                        shapeText(layer.shape), shapeText(shapeOf(weight)));
        return weight;
    }

    std::shared_ptr<const SafetensorsFile> m_file;
    std::string m_origin;
    std::string m_prefix;
    std::map<std::string, Json> m_packings;
    std::set<std::string> m_used;
};

/// The head the file is for: a classifier wins, then a pair head where config.json asks for it,
/// then a masked-LM head, then what config.json says.
HeadKind headOf(const WeightReader &reader, const NetworkSpecification &network)
{
    if (network.head == HeadKind::Classification ||
        reader.has(headLayers(network, HeadKind::Classification).back()))
        return HeadKind::Classification;
    if (network.head == HeadKind::SentencePair &&
        reader.has(headLayers(network, HeadKind::SentencePair).back()))
        return HeadKind::SentencePair;
    const std::vector<Layer> masked = headLayers(network, HeadKind::MaskedLm);
    return network.head == HeadKind::MaskedLm || reader.has(masked.front()) ? HeadKind::MaskedLm
                                                                            : HeadKind::None;
}

std::int64_t ownBytes(const LayerWeights &weights)
{
    std::int64_t bytes = 0;
    for (const auto &[part, count] : bytesByPart(weights.weight))
        bytes += count;
    return bytes + (weights.bias.defined() ? static_cast<std::int64_t>(weights.bias.nbytes()) : 0);
}

/// The layers of the head in use, then those of heads that `others` carries beside it.
std::vector<Layer> withHeads(const NetworkSpecification &specification, const ModelWeights &others)
{
    std::vector<Layer> layers = describe(specification).layers;
    for (const HeadKind head :
         {HeadKind::None, HeadKind::Classification, HeadKind::SentencePair, HeadKind::MaskedLm}) {
        for (const Layer &layer : headLayers(specification, head)) {
            if (others.layers.contains(layer.name) &&
                std::ranges::find(layers, layer.name, &Layer::name) == layers.end())
                layers.push_back(layer);
        }
    }
    return layers;
}

const LayerWeights *findWeights(const Checkpoint &checkpoint, const std::string &layer)
{
    for (const ModelWeights *weights : {&checkpoint.weights, &checkpoint.otherHeads}) {
        const auto found = weights->layers.find(layer);
        if (found != weights->layers.end())
            return &found->second;
    }
    return nullptr;
}

/// A shared layer must lead to an owner of the same shape in one step.
void checkSharing(const Checkpoint &checkpoint, const std::string &origin)
{
    for (const Layer &layer : withHeads(checkpoint.specification, checkpoint.otherHeads)) {
        const auto *shared = std::get_if<Shared>(&findWeights(checkpoint, layer.name)->weight);
        if (!shared)
            continue;
        const LayerWeights *owner = findWeights(checkpoint, shared->layer);
        const bool owns = owner && !std::holds_alternative<Shared>(owner->weight);
        if (!owns || shared->transposed || shapeOf(owner->weight) != layer.shape)
            throw Error(ErrorKind::InvalidFile, messages::checkpointSharedWith, origin, layer.name,
                        shared->layer);
    }
}

void readWeights(Checkpoint &checkpoint, const fs::path &path)
{
    NetworkSpecification &network = checkpoint.specification;
    checkpoint.file = std::make_shared<const SafetensorsFile>(path);
    WeightReader reader(checkpoint.file,
                        architectureOf(network.architecture, network.origin).prefix);
    network.head = headOf(reader, network);
    network.pooler = reader.has(headLayers(network, HeadKind::None).front()) ||
                     network.head == HeadKind::Classification || hasPair(network.head);
    checkpoint.description = describe(network);
    for (const Layer &layer : checkpoint.description.layers)
        checkpoint.weights.layers[layer.name] = reader.read(layer);
    for (const HeadKind other : {HeadKind::MaskedLm, HeadKind::None, HeadKind::SentencePair}) {
        const std::vector<Layer> layers = headLayers(network, other);
        const bool pair = other == HeadKind::SentencePair; // known by what is above the pooler
        if (layers.empty() || !reader.has(pair ? layers.back() : layers.front()))
            continue;
        for (const Layer &layer : layers) {
            if (!checkpoint.weights.layers.contains(layer.name))
                checkpoint.otherHeads.layers[layer.name] = reader.read(layer);
        }
    }
    checkSharing(checkpoint, path.filename().string());
    if (network.embedding.attentionHeads > 0)
        narrowTokenTable(network, checkpoint.weights);
    checkpoint.compressed = reader.isCompressed();
    if (const std::vector<std::string> unused = reader.unused(); !unused.empty())
        checkpoint.warnings.push_back(
            message(messages::checkpointUnused, path.filename(), unused.size(), unused.front()));
    checkpoint.description = described(network, checkpoint.weights);
}

/// tokenizer_config.json without what it says of ids, which are others now.
std::string withoutIds(const std::string &text)
{
    Json document = parsedJson(text);
    if (document.is_object())
        document.erase("added_tokens_decoder");
    return document.dump(2) + "\n";
}

void copyTokenizer(const TokenizerSource &from, const fs::path &to)
{
    std::error_code error;
    if (from.tokens.empty() && fs::equivalent(from.folder, to, error))
        return;
    for (const std::string name : tokenizerFiles) {
        const fs::path file = from.folder / name;
        if (!fs::exists(file, error))
            continue;
        if (from.tokens.empty() || name == "special_tokens_map.json")
            writeFile(to / name, readFile(file, largestTokenizerFile));
        else if (name == "vocab.txt")
            restricted(Vocabulary::read(file), from.tokens).save(to / name);
        else
            writeFile(to / name, withoutIds(readFile(file, largestTokenizerFile)));
    }
}

/// What an export left beside its weights; a file that cannot be read is passed over, and said.
std::optional<ExportRecord> recordOf(const fs::path &folder, std::vector<Message> &warnings)
{
    std::error_code ignored;
    const fs::path file = folder / "pare.json";
    if (!fs::exists(file, ignored))
        return {};
    try {
        return exportRecordFromJson(parsedJson(readFile(file, largestConfig)));
    } catch (const Error &error) {
        warnings.push_back(message(messages::checkpointRecord, file, error.what()));
        return {};
    }
}

void removeIfThere(const fs::path &path)
{
    std::error_code ignored;
    fs::remove(path, ignored);
}

} // namespace

Checkpoint openCheckpoint(const fs::path &path, CheckpointWeights weights)
{
    const Location location = located(path, weights);
    Checkpoint checkpoint;
    checkpoint.folder = location.config.parent_path();
    ReadSpecification read = specificationFromJson(readFile(location.config, largestConfig),
                                                   location.config.filename().string());
    checkpoint.specification = std::move(read.specification);
    checkpoint.warnings = std::move(read.warnings);
    checkpoint.record = recordOf(checkpoint.folder, checkpoint.warnings);
    const std::optional<Message> refusal = whyNotRun(checkpoint.specification);
    if (refusal && weights == CheckpointWeights::Required)
        throw Error(ErrorKind::Unsupported, *refusal);
    if (refusal && !location.weights.empty())
        checkpoint.warnings.push_back(*refusal);
    return translatingTorchErrors([&] {
        if (location.weights.empty() || refusal)
            checkpoint.description = describe(checkpoint.specification);
        else
            readWeights(checkpoint, location.weights);
        return std::move(checkpoint);
    });
}

void Checkpoint::releasePages() const
{
    if (file)
        file->releasePages();
}

std::optional<Message> Checkpoint::alreadyCompressed() const
{
    if (record && !(record->recipe.steps.empty() && !record->recipe.training))
        return message(messages::checkpointCompressedBy, shortName(record->recipe), record->model);
    return compressed ? std::optional(message(messages::checkpointCompressed)) : std::nullopt;
}

Checkpoint withHead(Checkpoint checkpoint, HeadKind head, std::vector<std::string> labels)
{
    NetworkSpecification &network = checkpoint.specification;
    const bool sameLabels = labels.empty() || labels == network.labels;
    network.head = head;
    // masked-LM checkpoints come without one
    network.pooler |= head == HeadKind::Classification || hasPair(head);
    if (!labels.empty()) {
        network.labels = std::move(labels);
        network.labelsNamed = true;
    }
    ModelWeights all = std::move(checkpoint.weights);
    all.layers.merge(checkpoint.otherHeads.layers);
    if (!sameLabels)
        all.layers.erase("classifier");
    checkpoint.weights.layers.clear();
    checkpoint.description = describe(network);
    for (const Layer &layer : checkpoint.description.layers) {
        if (auto node = all.layers.extract(layer.name))
            checkpoint.weights.layers.insert(std::move(node));
    }
    checkpoint.otherHeads = std::move(all);
    return checkpoint;
}

ModelDescription described(const NetworkSpecification &specification, const ModelWeights &weights)
{
    ModelDescription description = describe(specification);
    description.weightsKnown = true;
    description.parameters = 0;
    for (Layer &layer : description.layers) {
        const LayerWeights &own = weights.layers.at(layer.name);
        if (const auto *shared = std::get_if<Shared>(&own.weight))
            layer.sharedWith = shared->layer;
        const auto *factor = std::get_if<Factor>(&own.weight);
        if (const auto *product = std::get_if<Product>(&own.weight))
            factor = &product->left;
        if (factor)
            layer.dtype = denseType(factor->codec().kind);
        if (!isPlain(layer, own.weight))
            layer.storage = describe(own.weight);
        layer.parameters = parameterCount(own.weight) + (own.bias.defined() ? own.bias.numel() : 0);
        layer.bytes = ownBytes(own);
        description.parameters += layer.parameters;
    }
    description.bytes = exportedBytes(specification, weights);
    return description;
}

std::int64_t exportedBytes(const NetworkSpecification &specification, const ModelWeights &weights)
{
    return static_cast<std::int64_t>(
        modelFile(describe(specification).layers, weights).layout().fileSize());
}

void startModelFolder(const fs::path &folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Io, messages::checkpointFolder, folder, error.message());
    removeIfThere(folder / "config.json");
    removeIfThere(folder / "pare.json"); // it spoke of other weights
}

void finishModelFolder(const fs::path &folder, const Json &config, const TokenizerSource &tokenizer)
{
    copyTokenizer(tokenizer, folder);
    writeFile(folder / "config.json", config.dump(2) + "\n");
}

void writeModel(const fs::path &folder, const NetworkSpecification &specification,
                const ModelWeights &weights, const TokenizerSource &tokenizer,
                const ModelWeights &otherHeads, const BetweenTensors &between)
{
    startModelFolder(folder);
    translatingTorchErrors([&] {
        ModelWeights all = weights;
        all.layers.insert(otherHeads.layers.begin(), otherHeads.layers.end());
        const ModelFile file = modelFile(withHeads(specification, otherHeads), all);
        std::map<std::string, at::Tensor> tensors;
        for (const StoredTensor &tensor : file.tensors)
            tensors[tensor.name] = tensor.data;
        writeSafetensors(folder / "model.safetensors", file.layout(),
                         [&](const SafetensorsEntry &entry) {
                             if (between)
                                 between();
                             return tensors.at(entry.name);
                         });
    });
    finishModelFolder(folder, configJson(specification), tokenizer);
}

std::string hashOf(const NetworkSpecification &specification, const ModelWeights &weights,
                   Progress &progress, const BetweenTensors &between)
{
    return translatingTorchErrors([&] {
        std::vector<StoredTensor> tensors =
            modelFile(describe(specification).layers, weights).tensors;
        std::ranges::sort(tensors, {}, &StoredTensor::name);
        Hasher hasher;
        hasher.add(configJson(specification).dump());
        for (const StoredTensor &tensor : tensors) {
            progress.check();
            hasher.add(tensor.name).add(nameOf(tensor.dtype));
            for (const std::int64_t size : tensor.shape)
                hasher.add(size);
            hasher.add(bytesOf(tensor.data));
            if (between)
                between();
        }
        return hasher.hex();
    });
}

std::string hashOf(const Checkpoint &checkpoint, Progress &progress)
{
    Hasher hasher;
    hasher.add(hashOf(checkpoint.specification, checkpoint.weights, progress,
                      [&] { checkpoint.releasePages(); }));
    std::error_code ignored;
    for (const char *name : tokenizerFiles) {
        const fs::path file = checkpoint.folder / name;
        if (fs::exists(file, ignored))
            hasher.add(name).add(hashOf(readFile(file, largestTokenizerFile)));
    }
    return hasher.hex();
}

} // namespace pare

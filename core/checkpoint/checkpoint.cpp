#include "core/checkpoint/checkpoint.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/checkpoint/exportedfiles.h"
#include "core/checkpoint/ggufmodel.h"
#include "core/checkpoint/messages.h"
#include "core/checkpoint/modelfile.h"
#include "core/checkpoint/scriptmodel.h"
#include "core/checkpoint/tokenizerfiles.h"
#include "core/checkpoint/weightreader.h"
#include "core/network/tokenrows.h"
#include "core/tensors/safetensorsfile.h"
#include "core/tensors/tensor.h"
#include "core/tensors/torcherrors.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include <fmt/ranges.h>

namespace pare {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestConfig = 16u << 20;
struct Location
{
    fs::path config;
    fs::path weights; ///< empty: none
};

bool isGguf(const fs::path &file)
{
    return file.extension() == ".gguf";
}

bool isScript(const fs::path &file)
{
    return file.extension() == ".pt";
}

const char *weightFileIn(const fs::path &folder)
{
    std::error_code ignored;
    for (const char *file : {"model.safetensors", "model.gguf", "model.pt"}) {
        if (fs::exists(folder / file, ignored))
            return file;
    }
    return "model.safetensors";
}

Location located(const fs::path &path, CheckpointWeights needed)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        readFile(path); // says what is wrong
    Location location;
    if (fs::is_directory(path, ignored)) {
        location = {path / "config.json", path / weightFileIn(path)};
    } else if (path.extension() == ".safetensors" || isGguf(path) || isScript(path)) {
        location = {path.parent_path() / "config.json", path};
    } else if (path.extension() == ".json") {
        location = {path, path.parent_path() / weightFileIn(path.parent_path())};
    } else {
        throw Error(ErrorKind::InvalidFile, messages::checkpointKind, path);
    }
    if (!fs::exists(location.config, ignored)) {
        if (isGguf(location.weights) && fs::exists(location.weights, ignored))
            return location; // says itself what it computes
        throw Error(ErrorKind::Io, messages::checkpointNoConfig, path);
    }
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
    for (const Layer &layer : layersWithHeads(checkpoint.specification, checkpoint.otherHeads)) {
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

void readGguf(Checkpoint &checkpoint, const fs::path &path,
              const std::optional<NetworkSpecification> &beside)
{
    checkpoint.gguf = std::make_shared<const GgufReader>(path);
    GgufModel model = readGgufModel(checkpoint.gguf, beside);
    checkpoint.specification = std::move(model.specification);
    checkpoint.weights = std::move(model.weights);
    checkpoint.compressed =
        std::ranges::any_of(checkpoint.gguf->header().tensors, [](const GgufTensor &tensor) {
            return traitsOf(tensor.type).isQuantized();
        });
    checkpoint.description = described(checkpoint.specification, checkpoint.weights);
}

void readScript(Checkpoint &checkpoint, const fs::path &path)
{
    const auto archive = std::make_shared<const ScriptArchive>(path);
    NetworkSpecification &network = checkpoint.specification;
    network.pooler = network.head == HeadKind::Classification || hasPair(network.head);
    ScriptModel model = readScriptModel(archive, network);
    checkpoint.script = archive->file();
    checkpoint.weights = std::move(model.weights);
    checkpoint.compressed = model.compressed;
    checkpoint.warnings.insert(checkpoint.warnings.end(), model.warnings.begin(),
                               model.warnings.end());
    checkSharing(checkpoint, path.filename().string());
    if (network.embedding.attentionHeads > 0)
        narrowTokenTable(network, checkpoint.weights);
    checkpoint.description = described(network, checkpoint.weights);
}

/// What an export left beside its weights; a file that cannot be read is passed over, and said.
std::optional<ExportRecord> recordOf(const fs::path &folder, std::vector<Message> &warnings)
{
    std::error_code ignored;
    const fs::path file = folder / "pare.json";
    if (!fs::exists(file, ignored))
        return {};
    try {
        const ExportRecord record = exportRecordFromJson(parsedJson(readFile(file, largestConfig)));
        for (const Message &changed : changedFiles(folder, record, FileCheck::Lengths))
            warnings.push_back(changed);
        if (record.parity && !record.parity->passed())
            warnings.push_back(message(messages::exportedFailed,
                                       folder / weightFileOf(record.format),
                                       record.parity->failure));
        return record;
    } catch (const Error &error) {
        warnings.push_back(message(messages::checkpointRecord, file, error.what()));
        return {};
    }
}

} // namespace

Checkpoint openCheckpoint(const fs::path &path, CheckpointWeights weights)
{
    const Location location = located(path, weights);
    Checkpoint checkpoint;
    checkpoint.folder = location.config.parent_path();
    std::error_code ignored;
    const bool hasConfig = fs::exists(location.config, ignored);
    if (hasConfig) {
        ReadSpecification read = specificationFromJson(readFile(location.config, largestConfig),
                                                       location.config.filename().string());
        checkpoint.specification = std::move(read.specification);
        checkpoint.warnings = std::move(read.warnings);
    }
    checkpoint.record = recordOf(checkpoint.folder, checkpoint.warnings);
    const std::optional<Message> refusal =
        hasConfig ? whyNotRun(checkpoint.specification) : std::nullopt;
    if (refusal && weights == CheckpointWeights::Required)
        throw Error(ErrorKind::Unsupported, *refusal);
    if (refusal && !location.weights.empty())
        checkpoint.warnings.push_back(*refusal);
    return translatingTorchErrors([&] {
        if (location.weights.empty() || refusal)
            checkpoint.description = describe(checkpoint.specification);
        else if (isGguf(location.weights))
            readGguf(checkpoint, location.weights,
                     hasConfig ? std::optional(checkpoint.specification) : std::nullopt);
        else if (isScript(location.weights))
            readScript(checkpoint, location.weights);
        else
            readWeights(checkpoint, location.weights);
        return std::move(checkpoint);
    });
}

void Checkpoint::releasePages() const
{
    if (file)
        file->releasePages();
    if (gguf)
        gguf->releasePages();
    if (script)
        script->releasePages();
}

std::optional<Message> Checkpoint::alreadyCompressed() const
{
    if (const auto history = record ? historyOf(*record) : std::vector<EarlierExport>();
        !history.empty()) {
        std::vector<std::string> done;
        for (const EarlierExport &earlier : history)
            done.push_back(shortName(earlier.recipe));
        return message(messages::checkpointCompressedBy,
                       fmt::format("{}", fmt::join(done, ", then ")), history.front().model);
    }
    return compressed ? std::optional(message(messages::checkpointCompressed)) : std::nullopt;
}

bool tellsOfEarlierCompression(std::string_view note)
{
    // The pattern that names what was done begins as the other does.
    const std::string_view both = messages::checkpointCompressed;
    return note.starts_with(both.substr(0, both.find(':')));
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
    for (const auto &[name, hash] : tokenizerHashes(checkpoint.folder))
        hasher.add(name).add(hash);
    return hasher.hex();
}

} // namespace pare

#include "core/checkpoint/weightreader.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/checkpoint/messages.h"
#include "core/checkpoint/modelfile.h"
#include "core/tensors/tensor.h"

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

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

} // namespace

WeightReader::WeightReader(std::shared_ptr<const SafetensorsFile> file, std::string_view prefix)
    : m_file(std::move(file))
    , m_origin(m_file->path().filename().string())
    , m_prefix(prefix)
{
    readPackings();
}

bool WeightReader::has(const Layer &layer) const
{
    return m_packings.contains(layer.name) || find(layer.tensors[0].name);
}
LayerWeights WeightReader::read(const Layer &layer)
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

std::vector<std::string> WeightReader::unused() const
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

void WeightReader::readPackings()
{
    const auto text = m_file->metadata().find("pare");
    if (text == m_file->metadata().end())
        return;
    try {
        readPackings(parsedJson(text->second));
    } catch (const Error &error) {
        if (error.kind() == ErrorKind::Unsupported)
            throw;
        throw Error(ErrorKind::InvalidFile, messages::checkpointFormatJson, m_origin, error.what());
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::checkpointFormatJson, m_origin,
                    reasonOf(error));
    }
}

void WeightReader::readPackings(const Json &document)
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

const SafetensorsEntry *WeightReader::find(const std::string &name) const
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

at::Tensor WeightReader::tensor(const Layer &layer, const std::string &name,
                                const std::vector<std::int64_t> &shape)
{
    const SafetensorsEntry *entry = find(name);
    if (!entry)
        throw Error(ErrorKind::InvalidFile, messages::checkpointTensorMissing, m_origin, name,
                    layer.name);
    if (entry->shape != shape)
        throw Error(ErrorKind::InvalidFile, messages::checkpointTensorShape, m_origin, entry->name,
                    shapeText(shape), shapeText(entry->shape));
    if (!isFloating(entry->dtype))
        throw Error(ErrorKind::InvalidFile, messages::checkpointTensorType, m_origin, entry->name,
                    nameOf(entry->dtype));
    m_used.insert(entry->name);
    return toTensor(m_file, *entry);
}

Weight WeightReader::readPacked(const Layer &layer, const Json &description)
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

} // namespace pare

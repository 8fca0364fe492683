#include "core/checkpoint/scriptmodel.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/checkpoint/messages.h"
#include "core/checkpoint/modelfile.h"
#include "core/checkpoint/scriptfactor.h"
#include "core/model/architecture.h"
#include "core/tensors/safetensorsheader.h"
#include "core/tensors/scalartype.h"

#include <algorithm>
#include <set>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

class ScriptReader
{
public:
    explicit ScriptReader(const ScriptArchive &archive)
        : m_archive(archive)
        , m_origin(archive.path().string())
    {
        try {
            const Json document = parsedJson(archive.layers());
            const int format = document.at("format").get<int>();
            if (format < 1 || format > modelFileFormat)
                throw Error(ErrorKind::Unsupported, messages::checkpointFormatNewer, m_origin,
                            format, modelFileFormat);
            m_layers = document.at("layers");
            if (!m_layers.is_object())
                throw Error(ErrorKind::InvalidFile, messages::checkpointLayers,
                            m_layers.type_name());
        } catch (const Error &error) {
            if (error.kind() == ErrorKind::Unsupported)
                throw;
            refuse(error.what());
        } catch (const nlohmann::json::exception &error) {
            refuse(reasonOf(error));
        }
    }

    LayerWeights read(const Layer &layer)
    {
        const std::string name = underscored(layer.name);
        LayerWeights weights;
        try {
            weights.weight = weightOf(layer, name);
        } catch (const nlohmann::json::exception &error) {
            refuse(reasonOf(error));
        }
        const bool hasOwn = has(name + "_bias");
        if (layer.bias && (hasOwn || !std::holds_alternative<Shared>(weights.weight)))
            weights.bias = tensor(layer, name + "_bias", {layer.shape[0]});
        return weights;
    }

    bool isCompressed() const { return m_isCompressed; }
    int unrounded() const { return m_unrounded; }

    std::vector<std::string> unused() const
    {
        std::vector<std::string> names;
        for (const auto &[name, tensor] : m_archive.tensors()) {
            if (!m_used.contains(name))
                names.push_back(name);
        }
        return names;
    }

private:
    [[noreturn]] void refuse(const std::string &reason) const
    {
        throw Error(ErrorKind::InvalidFile, messages::checkpointFormatJson, m_origin, reason);
    }

    static std::string underscored(std::string name)
    {
        std::ranges::replace(name, '.', '_');
        return name;
    }

    bool has(const std::string &name) const { return m_archive.tensors().contains(name); }

    const PickledTensor &found(const Layer &layer, const std::string &name)
    {
        const auto tensor = m_archive.tensors().find(name);
        if (tensor == m_archive.tensors().end())
            throw Error(ErrorKind::InvalidFile, messages::checkpointTensorMissing, m_origin, name,
                        layer.name);
        m_used.insert(name);
        return tensor->second;
    }

    at::Tensor tensor(const Layer &layer, const std::string &name,
                      const std::vector<std::int64_t> &shape)
    {
        const PickledTensor &tensor = found(layer, name);
        if (tensor.shape != shape)
            throw Error(ErrorKind::InvalidFile, messages::checkpointTensorShape, m_origin, name,
                        shapeText(shape), shapeText(tensor.shape));
        if (!isFloating(tensor.dtype))
            throw Error(ErrorKind::InvalidFile, messages::checkpointTensorType, m_origin, name,
                        nameOf(tensor.dtype));
        return m_archive.tensor(name);
    }

    Weight weightOf(const Layer &layer, const std::string &name)
    {
        const auto described = m_layers.find(layer.name);
        if (described == m_layers.end()) {
            if (!layer.sharedWith.empty())
                return Shared{layer.sharedWith};
            return Factor::dense(tensor(layer, name + "_weight", layer.shape));
        }
        const Json &json = *described;
        const std::string form = json.value("form", "factor");
        m_isCompressed |= form != "factor" || json.contains("mask") ||
                          json.contains("inputScale") ||
                          !codecFromJson(json.at("codec"), m_origin).isDense();
        if (form == "shared")
            return Shared{json.at("layer").get<std::string>(), json.value("transposed", false)};
        if (form == "product")
            return product(layer, name, json);
        if (form == "columns" && has(name + "_indices"))
            return columns(layer, name, json);
        if (form == "factor")
            return factor(layer, name + "_weight", layer.shape, json);
        return Factor::dense(tensor(layer, name + "_weight", layer.shape));
    }

    Factor factor(const Layer &layer, const std::string &name,
                  const std::vector<std::int64_t> &shape, const Json &json)
    {
        const Codec codec = codecFromJson(json.at("codec"), m_origin);
        const Zeros zeros = json.contains("mask") ? Zeros::Pruned : Zeros::Kept;
        const bool isScaled = codec.activationBits > 0 && has(name + "_unscaled");
        Factor factor =
            scriptFactor(tensor(layer, isScaled ? name + "_unscaled" : name, shape), codec, zeros);
        if (isScaled) {
            m_used.insert(name); // a table that is tied to this
            factor = factor.withInputScale(tensor(layer, name + "_scale", {shape[1]}));
        }
        if (codec.activationBits > 0 && factor.codec().activationBits == 0)
            ++m_unrounded;
        return factor;
    }

    Product product(const Layer &layer, const std::string &name, const Json &json)
    {
        const Json &left = json.at("left"), &right = json.at("right");
        const auto rank = left.at("shape").at(1).get<std::int64_t>();
        return {factor(layer, name + "_left", {layer.shape[0], rank}, left),
                factor(layer, name + "_right", {rank, layer.shape[1]}, right)};
    }

    Columns columns(const Layer &layer, const std::string &name, const Json &json)
    {
        const PickledTensor &indices = found(layer, name + "_indices");
        m_used.insert(name + "_others");
        const std::int64_t chosen = indices.count;
        const std::int64_t others = layer.shape[1] - chosen;
        if (indices.dtype != DType::Int64 || others < 1)
            throw Error(ErrorKind::InvalidFile, messages::checkpointTensorShape, m_origin,
                        name + "_indices", shapeText({layer.shape[1]}), shapeText(indices.shape));
        const at::Tensor numbers = m_archive.tensor(name + "_indices").contiguous();
        const std::span<const std::int64_t> all(numbers.data_ptr<std::int64_t>(),
                                                static_cast<std::size_t>(chosen));
        const bool isAscending = std::ranges::adjacent_find(all, std::greater_equal()) == all.end();
        if (!isAscending || all.front() < 0 || all.back() >= layer.shape[1])
            refuse(name + "_indices");
        return {numbers.to(at::kInt),
                factor(layer, name + "_chosen", {layer.shape[0], chosen}, json.at("chosen")),
                factor(layer, name + "_rest", {layer.shape[0], others}, json.at("rest"))};
    }

    const ScriptArchive &m_archive;
    std::string m_origin;
    Json m_layers;
    std::set<std::string> m_used;
    bool m_isCompressed = false;
    int m_unrounded = 0;
};

} // namespace

std::string scriptLayersJson(const NetworkSpecification &specification, const ModelWeights &weights)
{
    Json layers = Json::object();
    for (const Layer &layer : describe(specification).layers) {
        const auto own = weights.layers.find(layer.name);
        if (own == weights.layers.end())
            continue;
        const Weight &weight = own->second.weight;
        const auto *factor = std::get_if<Factor>(&weight); // half precision is widened in the file
        const bool isWidened = factor && factor->codec().kind != CodecKind::Float32;
        if (isWidened || !isPlain(layer, weight))
            layers[layer.name] = descriptionOf(weight);
    }
    return Json{{"format", modelFileFormat}, {"layers", layers}}.dump();
}

ScriptModel readScriptModel(const std::shared_ptr<const ScriptArchive> &archive,
                            const NetworkSpecification &specification)
{
    ScriptReader reader(*archive);
    ScriptModel model;
    for (const Layer &layer : describe(specification).layers) {
        model.weights.layers[layer.name] = reader.read(layer);
        archive->file()->releasePages();
    }
    model.compressed = reader.isCompressed();
    const std::filesystem::path name = archive->path().filename();
    if (reader.unrounded() > 0)
        model.warnings.push_back(message(messages::scriptInputs, name, reader.unrounded()));
    if (const std::vector<std::string> unused = reader.unused(); !unused.empty())
        model.warnings.push_back(
            message(messages::checkpointUnused, name, unused.size(), unused.front()));
    return model;
}

} // namespace pare

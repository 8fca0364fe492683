#include "core/experiment/planneddescription.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/modelfile.h"
#include "core/compression/compress.h"
#include "core/experiment/messages.h"
#include "core/tensors/scalartype.h"
#include "core/weights/plannedfactor.h"

#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

PlannedFactor plannedFactor(const Layer &layer, const PlannedLayer &planned,
                            std::vector<std::int64_t> shape)
{
    const std::int64_t all = shape[0] * shape[1];
    const std::int64_t kept = planned.mask ? keptCount(*planned.mask, shape) : all;
    return {std::move(shape), planned.codec.value_or(denseCodec(layer.dtype)), kept,
            planned.scalesInputs};
}

/// Collects the tensors and packings of a file that is not there yet.
class FilePlan
{
public:
    explicit FilePlan(const Checkpoint &checkpoint)
        : m_checkpoint(checkpoint)
        , m_uncompressed(describe(checkpoint.specification))
    {}

    /// False where the layer's bytes depend on its weights.
    bool add(const Layer &layer, const PlannedLayer &planned)
    {
        if (planned.changesWeight() && planned.owner.empty()) {
            if (!layer.storage.empty() ||
                (planned.mask && planned.mask->scope == MaskScope::Global))
                return false;
            addPlanned(layer, planned);
        } else if (!planned.owner.empty()) {
            addMember(layer, planned);
        } else {
            addUnchanged(layer);
        }
        if (layer.bias && !planned.sharesBias)
            addBias(layer);
        return true;
    }

    std::int64_t bytes()
    {
        m_file.metadata["format"] = "pt";
        if (!m_packings.empty())
            m_file.metadata["pare"] =
                Json{{"format", modelFileFormat}, {"layers", m_packings}}.dump();
        return static_cast<std::int64_t>(m_file.layout().fileSize());
    }

private:
    void append(std::vector<StoredTensor> tensors)
    {
        for (StoredTensor &tensor : tensors)
            m_file.tensors.push_back(std::move(tensor));
    }

    void addPlanned(const Layer &layer, const PlannedLayer &planned)
    {
        const std::string &name = layer.tensors[0].name;
        if (planned.rank) {
            const PlannedFactor left =
                plannedFactor(layer, planned, {layer.shape[0], *planned.rank});
            const PlannedFactor right =
                plannedFactor(layer, planned, {*planned.rank, layer.shape[1]});
            append(left.tensors(name + ".left"));
            append(right.tensors(name + ".right"));
            m_packings[layer.name] = {
                {"form", "product"}, {"left", left.description()}, {"right", right.description()}};
            return;
        }
        const PlannedFactor single = plannedFactor(layer, planned, layer.shape);
        append(single.tensors(name));
        if (!single.codec.isDense() || single.kept < layer.shape[0] * layer.shape[1])
            m_packings[layer.name] = single.description();
    }

    void addMember(const Layer &layer, const PlannedLayer &planned)
    {
        if (planned.owner != m_uncompressed.find(layer.name)->sharedWith)
            m_packings[layer.name] = {{"form", "shared"}, {"layer", planned.owner}};
    }

    void addUnchanged(const Layer &layer)
    {
        const auto own = m_checkpoint.weights.layers.find(layer.name);
        if (own == m_checkpoint.weights.layers.end()) {
            m_file.tensors.push_back({layer.tensors[0].name, layer.dtype, layer.shape, {}});
            return;
        }
        append(packed(own->second.weight, layer.tensors[0].name));
        if (!isPlain(layer, own->second.weight))
            m_packings[layer.name] = descriptionOf(own->second.weight);
    }

    void addBias(const Layer &layer)
    {
        const auto own = m_checkpoint.weights.layers.find(layer.name);
        const bool known = own != m_checkpoint.weights.layers.end();
        if (known && !own->second.bias.defined())
            return;
        const DType type = known ? dtypeOf(own->second.bias.scalar_type()) : layer.dtype;
        m_file.tensors.push_back({layer.tensors[1].name, type, {layer.shape[0]}, {}});
    }

    const Checkpoint &m_checkpoint;
    ModelDescription m_uncompressed; ///< what the configuration alone ties
    ModelFile m_file;
    Json m_packings = Json::object();
};

/// As described() has it of weights that are there.
void describeStorage(Layer &layer, const PlannedLayer &planned)
{
    if (planned.codec)
        layer.dtype = denseType(planned.codec->kind);
    layer.storage = planned.rank
                        ? storageOf(fmt::format("rank {}", *planned.rank),
                                    plannedFactor(layer, planned, {layer.shape[0], *planned.rank}),
                                    plannedFactor(layer, planned, {*planned.rank, layer.shape[1]}))
                        : plannedFactor(layer, planned, layer.shape).storage();
}

} // namespace

std::optional<std::int64_t> plannedFileBytes(const Checkpoint &checkpoint, const RecipePlan &plan)
{
    FilePlan file(checkpoint);
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
        if (!file.add(checkpoint.description.layers[i], plan.layers[i]))
            return std::nullopt;
    }
    return file.bytes();
}

PlannedDescription plannedDescription(const Checkpoint &checkpoint, const Recipe &recipe)
{
    const RecipePlan planned = plan(recipe, checkpoint.description);
    PlannedDescription result{checkpoint.description, planned.notes};
    const std::optional<std::int64_t> bytes = plannedFileBytes(checkpoint, planned);
    if (!bytes) {
        if (!checkpoint.hasWeights())
            throw Error(ErrorKind::Unsupported, messages::planNeedsWeights, checkpoint.folder);
        const ModelWeights weights = compressed(checkpoint.weights, planned, silentProgress());
        result.model = described(checkpoint.specification, weights);
        return result;
    }
    const PlannedSize size = plannedSize(planned, checkpoint.description);
    result.model.bytes = *bytes;
    result.model.parameters = size.parameters.value();
    for (std::size_t i = 0; i < planned.layers.size(); ++i) {
        Layer &layer = result.model.layers[i];
        layer.parameters = size.layers[i].parameters.value();
        layer.bytes = size.layers[i].bytes.value();
        layer.sharedWith = planned.layers[i].owner;
        if (!layer.sharedWith.empty())
            layer.storage.clear();
        else if (planned.layers[i].changesWeight())
            describeStorage(layer, planned.layers[i]);
    }
    return result;
}

} // namespace pare

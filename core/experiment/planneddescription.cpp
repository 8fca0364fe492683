#include "core/experiment/planneddescription.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/modelfile.h"
#include "core/compression/compressedmodel.h"
#include "core/compression/factorize/safe.h"
#include "core/experiment/messages.h"
#include "core/experiment/weightinputs.h"
#include "core/tensors/scalartype.h"
#include "core/weights/masks.h"
#include "core/weights/plannedfactor.h"

#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

/// In the order of the weight's.
std::vector<PlannedFactor> plannedFactors(const Layer &layer, const PlannedLayer &planned)
{
    const Codec codec = planned.storedCodec().value_or(denseCodec(layer.dtype));
    std::vector<PlannedFactor> factors;
    for (std::vector<std::int64_t> &shape : factorShapes(planned, layer)) {
        const std::int64_t kept =
            planned.mask ? keptCount(*planned.mask, shape) : matrixSize(shape).count();
        factors.push_back({std::move(shape), codec, kept, planned.scalesInputs});
    }
    return factors;
}

/// What a file calls a form of two factors.
struct FormNames
{
    const char *form;
    const char *first;
    const char *second;
};
constexpr FormNames productNames{"product", "left", "right"};
constexpr FormNames kroneckerNames{"kronecker", "a", "b"};

/// Of the layers that structure leaves, as if they were plain, under the names of the export.
ModelDescription describedPlain(const NetworkSpecification &specification, const RecipePlan &plan)
{
    const NetworkSpecification left = plan.structure.changesModel()
                                          ? withStructure(specification, plan.structure.structure)
                                          : specification;
    return describe(withTokenAttention(left, plan));
}

/// Collects the tensors and packings of a file that is not there yet.
class FilePlan
{
public:
    FilePlan(const Checkpoint &checkpoint, const RecipePlan &plan)
        : m_checkpoint(checkpoint)
        , m_uncompressed(describedPlain(checkpoint.specification, plan))
        , m_plan(plan)
    {}

    /// False where a layer's bytes depend on its weights or on data.
    bool addAll()
    {
        const RecipePlan anew = numberedAnew(m_plan, m_uncompressed);
        for (std::size_t i = 0; i < anew.layers.size(); ++i) {
            m_name = m_plan.layers[i].name;
            if (anew.layers[i].sizeUnknown || !add(anew.model.layers[i], anew.layers[i]))
                return false;
        }
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
    bool add(const Layer &layer, const PlannedLayer &planned)
    {
        if (planned.changesWeight() && planned.owner.empty()) {
            if (!layer.storage.empty() || planned.bytesUnknown())
                return false;
            addPlanned(layer, planned);
        } else if (!planned.owner.empty()) {
            addMember(layer, planned);
        } else {
            addUnchanged(layer);
        }
        if (layer.bias && !planned.sharesBias)
            addBias(layer, planned);
        return true;
    }

    void append(std::vector<StoredTensor> tensors)
    {
        for (StoredTensor &tensor : tensors)
            m_file.tensors.push_back(std::move(tensor));
    }

    void addPlanned(const Layer &layer, const PlannedLayer &planned)
    {
        const std::string &name = layer.tensors[0].name;
        const std::vector<PlannedFactor> factors = plannedFactors(layer, planned);
        if (factors.size() == 2) {
            const FormNames names = planned.kronecker ? kroneckerNames : productNames;
            append(factors[0].tensors(fmt::format("{}.{}", name, names.first)));
            append(factors[1].tensors(fmt::format("{}.{}", name, names.second)));
            m_packings[layer.name] = {{"form", names.form},
                                      {names.first, factors[0].description()},
                                      {names.second, factors[1].description()}};
            return;
        }
        const PlannedFactor &single = factors[0];
        append(single.tensors(name));
        if (!single.codec.isDense() || single.kept < matrixSize(single.shape).count())
            m_packings[layer.name] = single.description();
    }

    void addMember(const Layer &layer, const PlannedLayer &planned)
    {
        if (planned.owner != m_uncompressed.find(layer.name)->sharedWith)
            m_packings[layer.name] = {{"form", "shared"}, {"layer", planned.owner}};
    }

    void addUnchanged(const Layer &layer)
    {
        if (layer.storage.empty()) {
            m_file.tensors.push_back({layer.tensors[0].name, layer.dtype, layer.shape, {}});
            return;
        }
        if (!m_checkpoint.hasWeights()) {
            // The one form that the configuration alone speaks of.
            PlannedLayer narrow;
            narrow.rank = m_checkpoint.specification.embedding.attentionWidth;
            addPlanned(layer, narrow);
            return;
        }
        const Weight &weight = m_checkpoint.weights.resolved(m_name).weight;
        append(packed(weight, layer.tensors[0].name));
        m_packings[layer.name] = descriptionOf(weight);
    }

    void addBias(const Layer &layer, const PlannedLayer &planned)
    {
        DType type = layer.dtype;
        if (m_checkpoint.weights.layers.contains(m_name)) {
            const at::Tensor own = m_checkpoint.weights.layers.at(m_name).bias;
            // Who owns a weight that it used before owns its bias as well.
            const at::Tensor bias = own.defined() || !planned.owner.empty()
                                        ? own
                                        : m_checkpoint.weights.resolved(m_name).bias;
            if (!bias.defined())
                return;
            type = dtypeOf(bias.scalar_type());
        } else if (layer.parameters == 0) {
            return; // the configuration shares all of it
        }
        m_file.tensors.push_back({layer.tensors[1].name, type, {layer.shape[0]}, {}});
    }

    const Checkpoint &m_checkpoint;
    ModelDescription
        m_uncompressed; ///< of what structure leaves; what the configuration alone ties
    const RecipePlan &m_plan;
    std::string m_name; ///< in the checkpoint, of the layer that is added
    ModelFile m_file;
    Json m_packings = Json::object();
};

/// As described() has it of weights that are there.
void describeStorage(Layer &layer, const PlannedLayer &planned)
{
    if (planned.codec)
        layer.dtype = denseType(planned.storedCodec()->kind);
    const std::vector<PlannedFactor> factors = plannedFactors(layer, planned);
    if (factors.size() == 1)
        layer.storage = factors[0].storage();
    else
        layer.storage =
            storageOf(planned.kronecker ? kroneckerForm(factors[0].shape, factors[1].shape)
                                        : productForm(*planned.rank),
                      factors[0], factors[1]);
}

} // namespace

std::optional<std::int64_t> plannedFileBytes(const Checkpoint &checkpoint, const RecipePlan &plan)
{
    FilePlan file(checkpoint, plan);
    return file.addAll() ? std::optional(file.bytes()) : std::nullopt;
}

PlannedDescription plannedDescription(const Checkpoint &checkpoint, const Recipe &recipe)
{
    const RecipePlan whole = plan(recipe, checkpoint.description);
    const std::optional<std::int64_t> bytes = plannedFileBytes(checkpoint, whole);
    if (!bytes) {
        if (!checkpoint.hasWeights())
            throw Error(ErrorKind::Unsupported, messages::planNeedsWeights, checkpoint.folder);
        const WeightInputs texts(checkpoint, {}, silentProgress());
        const CompressedModel made =
            compressedModel({checkpoint.specification, checkpoint.description, checkpoint.weights},
                            whole, silentProgress(), texts.context(nullptr, silentProgress()));
        return {described(made.specification, made.weights), made.plan.notes};
    }
    const PlannedSize size = plannedSize(whole);
    const RecipePlan planned = numberedAnew(whole, describedPlain(checkpoint.specification, whole));
    PlannedDescription result{planned.model, planned.notes};
    result.model.blocks = static_cast<int>(planned.structure.structure.blocks.size());
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

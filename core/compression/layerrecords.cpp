#include "core/compression/layerrecords.h"

#include "core/compression/factorize/safe.h"
#include "core/compression/messages.h"
#include "core/compression/structure/restructure.h"
#include "core/tensors/torcherrors.h"

#include <c10/core/GradMode.h>

namespace pare {

namespace {

/// What a layer multiplies with: its own weight or the one it uses.
at::Tensor valuesOf(const ModelWeights &weights, const std::string &layer)
{
    const auto *shared = std::get_if<Shared>(&weights.layers.at(layer).weight);
    if (!shared)
        return denseValues(weights.layers.at(layer).weight);
    const at::Tensor values = valuesOf(weights, shared->layer);
    return shared->transposed ? values.t() : values;
}

/// All but the error.
LayerRecord storedRecord(const CompressedModel &compressed, const PlannedLayer &planned)
{
    LayerRecord record;
    record.name = planned.name;
    record.steps = planned.steps;
    record.sharedWith = planned.owner;
    const LayerWeights &layer = compressed.weights.layers.at(compressed.nameOf(planned.name));
    record.bytesByPart = bytesByPart(layer.weight);
    if (layer.bias.defined())
        record.bytesByPart["rest"] += static_cast<std::int64_t>(layer.bias.nbytes());
    for (const auto &[part, bytes] : record.bytesByPart)
        record.bytes += bytes;
    return record;
}

/// Of a layer that is still there.
LayerRecord recordOf(const OpenedModel &original, const CompressedModel &compressed,
                     const Layer &whole, const PlannedLayer &planned)
{
    LayerRecord record = storedRecord(compressed, planned);
    if (!planned.steps.empty())
        record.weightError = relativeError(
            valuesOf(original.weights, planned.name),
            inWhole(valuesOf(compressed.weights, compressed.nameOf(planned.name)), whole,
                    original.description, compressed.plan.structure.structure));
    return record;
}

/// Of a layer that the plan adds, against what it begins as.
LayerRecord recordOfNew(const ModelWeights &begun, const CompressedModel &compressed,
                        const PlannedLayer &planned)
{
    LayerRecord record = storedRecord(compressed, planned);
    record.weightError =
        relativeError(valuesOf(begun, planned.name), valuesOf(compressed.weights, planned.name));
    return record;
}

LayerRecord recordOfRemoved(const RecipePlan &plan, const std::string &name)
{
    LayerRecord record;
    record.name = name;
    for (const int step : plan.structure.steps.at(name))
        record.steps.push_back(plan.recipe.steps[static_cast<std::size_t>(step)].text());
    record.weightError = 1;
    return record;
}

} // namespace

std::vector<LayerRecord> layerRecords(const OpenedModel &original,
                                      const CompressedModel &compressed, Progress &progress)
{
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        const std::vector<Layer> &layers = original.description.layers;
        const auto &added = compressed.plan.tokenAttention;
        const ModelWeights begun = added ? tokenAttentionWeights(*added) : ModelWeights();
        std::vector<LayerRecord> records;
        auto planned = compressed.plan.layers.begin(); // in the order of the whole, with gaps
        for (const Layer &layer : layers) {
            progress.step({message(messages::comparingLayer, layer.name),
                           static_cast<std::int64_t>(records.size()),
                           static_cast<std::int64_t>(layers.size()),
                           {}});
            const bool stays =
                planned != compressed.plan.layers.end() && planned->name == layer.name;
            records.push_back(stays ? recordOf(original, compressed, layer, *planned++)
                                    : recordOfRemoved(compressed.plan, layer.name));
            for (; planned != compressed.plan.layers.end() && begun.layers.contains(planned->name);
                 ++planned)
                records.push_back(recordOfNew(begun, compressed, *planned));
        }
        return records;
    });
}

std::int64_t parameterCount(const ModelWeights &weights)
{
    std::int64_t count = 0;
    for (const auto &[name, layer] : weights.layers) {
        count += parameterCount(layer.weight);
        if (layer.bias.defined())
            count += layer.bias.numel();
    }
    return count;
}

} // namespace pare

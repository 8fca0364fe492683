#include "core/compression/layerrecords.h"

#include "core/compression/messages.h"
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

LayerRecord recordOf(const ModelWeights &original, const ModelWeights &compressed,
                     const PlannedLayer &planned)
{
    LayerRecord record;
    record.name = planned.name;
    record.steps = planned.steps;
    record.sharedWith = planned.owner;
    const LayerWeights &layer = compressed.layers.at(planned.name);
    record.bytesByPart = bytesByPart(layer.weight);
    if (layer.bias.defined())
        record.bytesByPart["rest"] += static_cast<std::int64_t>(layer.bias.nbytes());
    for (const auto &[part, bytes] : record.bytesByPart)
        record.bytes += bytes;
    if (!planned.steps.empty())
        record.weightError =
            relativeError(valuesOf(original, planned.name), valuesOf(compressed, planned.name));
    return record;
}

} // namespace

std::vector<LayerRecord> layerRecords(const ModelWeights &original, const ModelWeights &compressed,
                                      const RecipePlan &plan, Progress &progress)
{
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        std::vector<LayerRecord> records;
        for (const PlannedLayer &planned : plan.layers) {
            progress.step({message(messages::comparingLayer, planned.name),
                           static_cast<std::int64_t>(records.size()),
                           static_cast<std::int64_t>(plan.layers.size()),
                           {}});
            records.push_back(recordOf(original, compressed, planned));
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

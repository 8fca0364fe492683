#include "core/compression/layerrecords.h"

#include "core/compression/factorize/safe.h"
#include "core/compression/messages.h"
#include "core/compression/structure/restructure.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cassert>

namespace pare {

namespace {

std::map<std::string, std::int64_t> bytesOf(const LayerWeights &layer)
{
    std::map<std::string, std::int64_t> parts = bytesByPart(layer.weight);
    if (layer.bias.defined())
        parts["rest"] += static_cast<std::int64_t>(layer.bias.nbytes());
    return parts;
}

/// Technique and settings of the steps that `texts` tell of.
std::vector<Step> settingsOf(const Recipe &recipe, const std::vector<std::string> &texts)
{
    std::vector<Step> settings;
    for (const std::string &text : texts) {
        const auto step = std::ranges::find(recipe.steps, text, &Step::text);
        assert(step != recipe.steps.end());
        settings.push_back({step->technique, step->settings, {}});
    }
    return settings;
}

/// For each number of its factors, pruned ones included: they are multiplied as well.
double bitsPerWeight(const Weight &weight)
{
    const auto *kronecker = std::get_if<Kronecker>(&weight);
    const std::int64_t numbers =
        kronecker ? kronecker->a.count() + kronecker->b.count() : multiplyAdds(weight);
    std::int64_t bytes = 0;
    for (const auto &[part, count] : bytesByPart(weight))
        bytes += count;
    return 8.0 * static_cast<double>(bytes) / static_cast<double>(numbers);
}

/// All but the error.
LayerRecord storedRecord(const CompressedModel &compressed, const PlannedLayer &planned)
{
    const std::string name = compressed.nameOf(planned.name);
    LayerRecord record;
    record.name = planned.name;
    record.steps = planned.steps;
    record.sharedWith = planned.owner;
    record.settings = settingsOf(compressed.plan.recipe, planned.steps);
    record.bytesByPart = bytesOf(compressed.weights.layers.at(name));
    for (const auto &[part, bytes] : record.bytesByPart)
        record.bytes += bytes;
    const Weight &used = compressed.weights.resolved(name).weight;
    record.storage = describe(used);
    record.bitsPerWeight = bitsPerWeight(used);
    return record;
}

/// Of a layer that is still there.
LayerRecord recordOf(const OpenedModel &original, const CompressedModel &compressed,
                     const PlannedLayer &planned)
{
    LayerRecord record = storedRecord(compressed, planned);
    if (!planned.steps.empty())
        record.weightError =
            relativeError(multipliedValues(original.weights, planned.name),
                          multipliedValues(original, compressed, planned.name));
    return record;
}

/// Of a layer that the plan adds, against what it begins as.
LayerRecord recordOfNew(const ModelWeights &begun, const CompressedModel &compressed,
                        const PlannedLayer &planned)
{
    LayerRecord record = storedRecord(compressed, planned);
    record.weightError = relativeError(multipliedValues(begun, planned.name),
                                       multipliedValues(compressed.weights, planned.name));
    return record;
}

LayerRecord recordOfRemoved(const RecipePlan &plan, const std::string &name)
{
    LayerRecord record;
    record.name = name;
    for (const int step : plan.structure.steps.at(name))
        record.steps.push_back(plan.recipe.steps[static_cast<std::size_t>(step)].text());
    record.settings = settingsOf(plan.recipe, record.steps);
    record.weightError = 1;
    return record;
}

} // namespace

at::Tensor multipliedValues(const ModelWeights &weights, const std::string &layer)
{
    const auto *shared = std::get_if<Shared>(&weights.layers.at(layer).weight);
    if (!shared)
        return denseValues(weights.layers.at(layer).weight);
    const at::Tensor values = multipliedValues(weights, shared->layer);
    return shared->transposed ? values.t() : values;
}

at::Tensor multipliedValues(const OpenedModel &original, const CompressedModel &compressed,
                            const std::string &layer)
{
    const Layer &whole = *original.description.find(layer);
    const std::string name = compressed.nameOf(layer);
    return name.empty() ? at::zeros(whole.shape)
                        : inWhole(multipliedValues(compressed.weights, name), whole,
                                  original.description, compressed.plan.structure.structure);
}

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
            records.push_back(stays ? recordOf(original, compressed, *planned++)
                                    : recordOfRemoved(compressed.plan, layer.name));
            for (; planned != compressed.plan.layers.end() && begun.layers.contains(planned->name);
                 ++planned)
                records.push_back(recordOfNew(begun, compressed, *planned));
        }
        return records;
    });
}

std::map<std::string, std::int64_t> bytesByPart(const ModelWeights &weights,
                                                std::int64_t fileBytes)
{
    std::map<std::string, std::int64_t> parts{{"header", fileBytes}};
    for (const auto &[name, layer] : weights.layers) {
        for (const auto &[part, bytes] : bytesOf(layer)) {
            parts[part] += bytes;
            parts["header"] -= bytes;
        }
    }
    return parts;
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

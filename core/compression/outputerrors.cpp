#include "core/compression/outputerrors.h"

#include "core/compression/layerrecords.h"
#include "core/compression/messages.h"
#include "core/compression/outputerror.h"
#include "core/tensors/torcherrors.h"

#include <c10/core/GradMode.h>

namespace pare {

namespace {

/// Layers that multiply, by block; those above the blocks under the number of blocks.
std::map<int, std::set<std::string>> byBlock(const ModelDescription &model,
                                             const std::set<std::string> &layers)
{
    std::map<int, std::set<std::string>> blocks;
    for (const Layer &layer : model.layers) {
        if (layers.contains(layer.name) && multiplies(layer))
            blocks[layer.block < 0 ? model.blocks : layer.block].insert(layer.name);
    }
    return blocks;
}

} // namespace

bool multiplies(const Layer &layer)
{
    using enum LayerRole;
    return layer.isMatrix() && layer.role != TokenEmbedding && layer.role != PositionEmbedding &&
           layer.role != TypeEmbedding;
}

std::map<std::string, double> outputErrors(const CalibratedModel &original,
                                           const std::set<std::string> &layers,
                                           const LayerMatrix &now, Progress &progress)
{
    const auto &[specification, description, weights] = original.model;
    const auto blocks = byBlock(description, layers);
    std::map<std::string, double> errors;
    if (original.data.empty() || blocks.empty())
        return errors;
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        CalibrationWalk walk(specification, weights, original.data);
        for (const auto &[block, names] : blocks) {
            progress.step(
                {message(messages::comparingOutputs), block, description.blocks, {}});
            while (walk.block() < block)
                walk.advance(weights, progress);
            std::map<std::string, InputDetail> wanted;
            for (const std::string &name : names)
                wanted[weights.ownerOf(name)] = InputDetail::Moments;
            LayerInputs inputs;
            if (block < description.blocks)
                walk.observe(weights, wanted, inputs, progress);
            else
                walk.observeHead(weights, wanted, inputs, progress);
            for (const std::string &name : names) {
                const auto seen = inputs.find(weights.ownerOf(name));
                if (seen == inputs.end())
                    continue;
                progress.check();
                errors[name] = outputError(multipliedValues(weights, name), now(name),
                                           seen->second->secondMoment());
            }
        }
        return errors;
    });
}

std::vector<LayerRecord> withOutputErrors(std::vector<LayerRecord> layers,
                                          const CalibratedModel &original,
                                          const CompressedModel &compressed, Progress &progress)
{
    if (original.data.empty())
        return layers;
    std::set<std::string> touched;
    for (const LayerRecord &layer : layers) {
        if (!layer.steps.empty())
            touched.insert(layer.name);
    }
    const std::map<std::string, double> errors = outputErrors(
        original, touched,
        [&](const std::string &layer) {
            return multipliedValues(original.model, compressed, layer);
        },
        progress);
    for (LayerRecord &layer : layers) {
        const Layer *described = original.model.description.find(layer.name);
        if (const auto error = errors.find(layer.name); error != errors.end())
            layer.outputError = error->second;
        else if (layer.steps.empty() && described && multiplies(*described))
            layer.outputError = 0;
    }
    return layers;
}

} // namespace pare

#include "core/checkpoint/modelfile.h"

#include "core/tensors/scalartype.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pare {

SafetensorsLayout ModelFile::layout() const
{
    std::vector<SafetensorsEntry> entries;
    for (const StoredTensor &tensor : tensors)
        entries.push_back({tensor.name, tensor.dtype, tensor.shape});
    return SafetensorsLayout(std::move(entries), metadata);
}

std::vector<Layer> layersWithHeads(const NetworkSpecification &specification,
                                   const ModelWeights &others)
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

bool isPlain(const Layer &layer, const Weight &weight)
{
    if (const auto *shared = std::get_if<Shared>(&weight))
        return shared->layer == layer.sharedWith;
    const auto *factor = std::get_if<Factor>(&weight);
    return factor && factor->codec().isDense() && !factor->isMasked() &&
           !factor->inputScale().defined();
}

ModelFile modelFile(const std::vector<Layer> &layers, const ModelWeights &weights)
{
    ModelFile file;
    nlohmann::ordered_json packings = nlohmann::ordered_json::object();
    for (const Layer &layer : layers) {
        const auto found = weights.layers.find(layer.name);
        if (found == weights.layers.end())
            continue;
        const LayerWeights &own = found->second;
        for (StoredTensor &tensor : packed(own.weight, layer.tensors[0].name))
            file.tensors.push_back(std::move(tensor));
        if (!isPlain(layer, own.weight))
            packings[layer.name] = descriptionOf(own.weight);
        if (own.bias.defined()) {
            const at::Tensor bias = own.bias.contiguous();
            file.tensors.push_back(
                {layer.tensors.at(1).name, dtypeOf(bias.scalar_type()), bias.sizes().vec(), bias});
        }
    }
    file.metadata["format"] = "pt"; // what Hugging Face's loaders look for
    if (!packings.empty())
        file.metadata["pare"] =
            nlohmann::ordered_json{{"format", modelFileFormat}, {"layers", packings}}.dump();
    return file;
}

} // namespace pare

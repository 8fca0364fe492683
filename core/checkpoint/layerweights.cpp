#include "core/checkpoint/layerweights.h"

#include "core/base/error.h"
#include "core/checkpoint/messages.h"
#include "core/tensors/safetensorsheader.h"

#include <ATen/ops/zeros.h>

namespace pare {

const LayerWeights &requiredWeights(const ModelWeights &weights, const Layer &layer)
{
    if (!weights.layers.contains(layer.name))
        throw Error(ErrorKind::InvalidFile, messages::formatLayerMissing, layer.name);
    const LayerWeights &owner = weights.resolved(layer.name);
    if (shapeOf(owner.weight) != layer.shape)
        throw Error(ErrorKind::InvalidFile, messages::formatLayerShape, layer.name,
                    shapeText(layer.shape), shapeText(shapeOf(owner.weight)));
    return owner;
}

std::string biasOwner(const ModelWeights &weights, const Layer &layer)
{
    return weights.layers.at(layer.name).bias.defined() ? layer.name : weights.ownerOf(layer.name);
}

at::Tensor requiredBias(const ModelWeights &weights, const Layer &layer)
{
    const at::Tensor &bias = weights.layers.at(biasOwner(weights, layer)).bias;
    return bias.defined() ? bias.to(at::kFloat).contiguous()
                          : at::zeros({layer.shape[0]}, at::kFloat);
}

} // namespace pare

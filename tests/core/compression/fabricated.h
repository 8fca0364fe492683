// A small transformer encoder made up for tests: its description and random weights.
#pragma once

#include <ATen/Functions.h>

#include "core/base/random.h"
#include "core/compression/layerrecords.h"
#include "core/model/layer.h"
#include "core/weights/weight.h"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

namespace pare {

struct Fabricated
{
    int blocks = 4;
    std::int64_t width = 24;
    std::int64_t inner = 56;
    std::int64_t vocabulary = 40;
    DType dtype = DType::Float32;
    bool tiedHead = true;
};

inline at::ScalarType scalarTypeOf(DType type)
{
    return type == DType::Float16    ? at::kHalf
           : type == DType::BFloat16 ? at::kBFloat16
                                     : at::kFloat;
}

/// Normal numbers (Box–Muller), [shape].
inline at::Tensor randomTensor(const std::vector<std::int64_t> &shape, std::uint64_t seed,
                               double deviation = 0.05)
{
    Random random(seed);
    at::Tensor tensor = at::empty(shape, at::kFloat);
    float *values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i) {
        const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
        values[i] = static_cast<float>(deviation * radius *
                                       std::cos(2 * std::numbers::pi * random.uniform()));
    }
    return tensor;
}

inline ModelDescription fabricatedModel(const Fabricated &options = {})
{
    ModelDescription model;
    model.architecture = "bert";
    model.blocks = options.blocks;
    model.width = static_cast<int>(options.width);
    const auto add = [&](const std::string &name, LayerRole role, std::vector<std::int64_t> shape,
                         int block = -1) {
        Layer layer;
        layer.name = name;
        layer.role = role;
        layer.block = block;
        layer.stack = block < 0 ? "" : "encoder";
        layer.bias = !name.starts_with("embedding.") || role == LayerRole::Norm;
        layer.shape = std::move(shape);
        layer.dtype = options.dtype;
        layer.parameters = layer.shape[0] * (layer.isMatrix() ? layer.shape[1] : 1) +
                           (layer.bias ? layer.shape[0] : 0);
        layer.bytes = layer.parameters * sizeOf(options.dtype);
        layer.tensors.push_back({"model." + name + ".weight", false, -1, 0, 0});
        model.layers.push_back(layer);
    };
    const std::int64_t width = options.width, inner = options.inner;
    add("embedding.token", LayerRole::TokenEmbedding, {options.vocabulary, width});
    add("embedding.position", LayerRole::PositionEmbedding, {32, width});
    add("embedding.type", LayerRole::TypeEmbedding, {2, width});
    add("embedding.norm", LayerRole::Norm, {width});
    for (int i = 0; i < options.blocks; ++i) {
        const std::string block = fmt::format("encoder.{}.", i);
        add(block + "attention.query", LayerRole::Query, {width, width}, i);
        add(block + "attention.key", LayerRole::Key, {width, width}, i);
        add(block + "attention.value", LayerRole::Value, {width, width}, i);
        add(block + "attention.output", LayerRole::Output, {width, width}, i);
        add(block + "attention.norm", LayerRole::Norm, {width}, i);
        add(block + "ffn.up", LayerRole::Up, {inner, width}, i);
        add(block + "ffn.down", LayerRole::Down, {width, inner}, i);
        add(block + "ffn.norm", LayerRole::Norm, {width}, i);
    }
    add("pooler", LayerRole::Pooler, {width, width});
    add("classifier", LayerRole::Classifier, {5, width});
    if (options.tiedHead) {
        add("mlm.decoder", LayerRole::Head, {options.vocabulary, width});
        Layer &head = model.layers.back();
        head.sharedWith = "embedding.token";
        head.parameters = options.vocabulary;
        head.bytes = options.vocabulary * sizeOf(options.dtype);
    }
    for (const Layer &layer : model.layers) {
        model.parameters += layer.parameters;
        model.bytes += layer.bytes;
    }
    model.weightsKnown = true;
    return model;
}

inline ModelWeights fabricatedWeights(const ModelDescription &model, std::uint64_t seed = 1)
{
    ModelWeights weights;
    for (const Layer &layer : model.layers) {
        const at::ScalarType type = scalarTypeOf(layer.dtype);
        LayerWeights &own = weights.layers[layer.name];
        if (layer.sharedWith.empty())
            own.weight = Factor::dense(randomTensor(layer.shape, seed++).to(type));
        else
            own.weight = Shared{layer.sharedWith, false};
        if (layer.bias)
            own.bias = randomTensor({layer.shape[0]}, seed++).to(type);
    }
    return weights;
}

/// layerRecords() of weights without a network.
inline std::vector<LayerRecord> recordsOf(const RecipePlan &plan, const ModelWeights &original,
                                          const ModelWeights &weights,
                                          Progress &progress = silentProgress())
{
    const NetworkSpecification none;
    return layerRecords({none, plan.model, original}, {none, weights, plan}, progress);
}

} // namespace pare

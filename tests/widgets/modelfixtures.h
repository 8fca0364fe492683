// Models as values for the tests of the views, made from figures alone.
#pragma once

#include "widgets/layermap/layermapdata.h"

namespace pare::test {

struct Bert
{
    int blocks = 6;
    int width = 128;
    int inner = 512;
    int vocabulary = 8000;
};

inline void addLayer(ModelDescription &model, std::string name, LayerRole role, int block,
                     std::vector<std::int64_t> shape)
{
    Layer layer;
    layer.name = std::move(name);
    layer.role = role;
    layer.block = block;
    layer.stack = block >= 0 ? "encoder" : "";
    layer.shape = std::move(shape);
    layer.bias = role >= LayerRole::Query;
    layer.parameters = 1;
    for (const std::int64_t size : layer.shape)
        layer.parameters *= size;
    if (layer.bias)
        layer.parameters += layer.shape.front();
    layer.bytes = layer.parameters * 4;
    model.parameters += layer.parameters;
    model.bytes += layer.bytes;
    model.layers.push_back(std::move(layer));
}

inline ModelDescription bert(const Bert &size = {})
{
    ModelDescription model;
    model.architecture = "bert";
    model.blocks = size.blocks;
    model.width = size.width;
    const std::int64_t width = size.width;
    const std::int64_t inner = size.inner;
    addLayer(model, "embedding.token", LayerRole::TokenEmbedding, -1, {size.vocabulary, width});
    addLayer(model, "embedding.position", LayerRole::PositionEmbedding, -1, {128, width});
    addLayer(model, "embedding.type", LayerRole::TypeEmbedding, -1, {2, width});
    addLayer(model, "embedding.norm", LayerRole::Norm, -1, {width});
    for (int block = 0; block < size.blocks; ++block) {
        const std::string prefix = "encoder." + std::to_string(block) + '.';
        addLayer(model, prefix + "attention.query", LayerRole::Query, block, {width, width});
        addLayer(model, prefix + "attention.key", LayerRole::Key, block, {width, width});
        addLayer(model, prefix + "attention.value", LayerRole::Value, block, {width, width});
        addLayer(model, prefix + "attention.output", LayerRole::Output, block, {width, width});
        addLayer(model, prefix + "attention.norm", LayerRole::Norm, block, {width});
        addLayer(model, prefix + "ffn.up", LayerRole::Up, block, {inner, width});
        addLayer(model, prefix + "ffn.down", LayerRole::Down, block, {width, inner});
        addLayer(model, prefix + "ffn.norm", LayerRole::Norm, block, {width});
    }
    addLayer(model, "pooler", LayerRole::Pooler, -1, {width, width});
    addLayer(model, "classifier", LayerRole::Classifier, -1, {8, width});
    return model;
}

/// The recipe of the design's sketch: shared feed-forward in blocks 2–4, low rank, 4 bits.
inline LayerMapData compressed(const ModelDescription &model)
{
    std::map<std::string, LayerState> states;
    for (const Layer &layer : model.layers) {
        LayerState state;
        state.bytes = layer.bytes;
        const bool narrow = layer.role == LayerRole::Query || layer.role == LayerRole::Key;
        const bool matrix = layer.block >= 0 && layer.role != LayerRole::Norm;
        if (layer.role == LayerRole::Up || layer.role == LayerRole::Down) {
            if (layer.block == 3 || layer.block == 4) {
                state.sharedWith = "encoder.2" + layer.name.substr(9);
                state.bytes = 0;
                state.families = {Family::Sharing};
                states[layer.name] = state;
                continue;
            }
        }
        if (narrow) {
            state.badges = {"r24", "4b"};
            state.technique = "rank 24; 4 bits, groups of 64";
            state.bytes = layer.bytes / 8;
            state.families = {Family::LowRank, Family::Quantization};
            state.value = 2.5 + layer.block * 0.5;
        } else if (matrix || layer.role == LayerRole::TokenEmbedding) {
            const bool eight = layer.block == 0 || !matrix;
            state.badges = {eight ? "8b" : "4b"};
            state.technique = eight ? "8 bits" : "4 bits, groups of 64";
            state.bytes = layer.bytes * (eight ? 26 : 14) / 100;
            state.families = {Family::Quantization};
            state.value =
                eight ? 0.3 : 1.0 + layer.block * (layer.role == LayerRole::Down ? 1.7 : 0.8);
        }
        states[layer.name] = state;
    }
    return layerMapData(model, states);
}

} // namespace pare::test

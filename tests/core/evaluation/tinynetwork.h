// A small transformer with random weights and random examples for it.
#pragma once

#include <ATen/ATen.h>

#include "core/base/random.h"
#include "core/evaluation/encodeddata.h"
#include "core/model/architecture.h"
#include "core/network/network.h"

#include <fmt/format.h>

namespace pare {

inline constexpr int tinyVocabulary = 50;

inline NetworkSpecification tinySpecification()
{
    NetworkSpecification specification;
    specification.architecture = "bert";
    specification.embedding = {tinyVocabulary, 16, 32, 2, 0};
    BlockSpecification block;
    block.width = 16;
    block.heads = 2;
    block.feedForwardWidth = 24;
    specification.stacks = {{"encoder", 2, block}};
    specification.head = HeadKind::Classification;
    specification.labels = {"cold", "mild", "hot"};
    specification.labelsNamed = true;
    return specification;
}

/// Uniform numbers from −0.5 to 0.5.
inline at::Tensor tinyTensor(const std::vector<std::int64_t> &shape, Random &random)
{
    at::Tensor tensor = at::empty(shape, at::kFloat);
    float *values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        values[i] = static_cast<float>(random.uniform() - 0.5);
    return tensor;
}

/// Without biases, and with matrices large enough that the text decides the answer.
inline ModelWeights tinyWeights(const NetworkSpecification &specification)
{
    Random random(1);
    ModelWeights weights;
    for (const Layer &layer : describe(specification).layers) {
        const at::Tensor values = layer.isMatrix() ? tinyTensor(layer.shape, random) * at::Scalar(2)
                                                   : at::ones(layer.shape);
        weights.layers[layer.name] = {Factor::dense(values),
                                      layer.bias ? at::zeros({layer.shape.front()}) : at::Tensor()};
    }
    return weights;
}

/// Texts of 3 to 30 tokens whose label is `label(i)`.
template <class LabelOf>
EncodedData tinyData(std::size_t examples, const LabelOf &label)
{
    Random random(99);
    EncodedData data;
    data.origin = "tiny.tsv";
    data.labelNames = tinySpecification().labels;
    for (std::size_t i = 0; i < examples; ++i) {
        Sequence sequence;
        sequence.ids.resize(3 + random.below(28));
        for (std::int64_t &id : sequence.ids)
            id = static_cast<std::int64_t>(random.below(tinyVocabulary));
        sequence.types.assign(sequence.ids.size(), 0);
        data.sequences.push_back(sequence);
        data.labels.push_back(label(i));
    }
    return data;
}

} // namespace pare

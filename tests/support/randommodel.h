// A tiny BERT with random weights and a data set for it, written into a folder: for tests that need
// a real one.
#pragma once

#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/modelfolder.h"
#include "core/model/architecture.h"

#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <filesystem>
#include <string>

namespace pare::test {

struct RandomModel
{
    int width = 16;
    int heads = 2;
    int feedForward = 24;
    int blocks = 3;
    int positions = 24;
    std::uint64_t seed = 1;
    HeadKind head = HeadKind::Classification;
};

inline NetworkSpecification randomSpecification(const RandomModel &shape)
{
    NetworkSpecification network;
    network.architecture = "bert";
    network.embedding = {40, shape.width, shape.positions, 2, 0};
    BlockSpecification block;
    block.width = shape.width;
    block.heads = shape.heads;
    block.feedForwardWidth = shape.feedForward;
    network.stacks.push_back({"encoder", shape.blocks, block});
    network.head = shape.head;
    network.labels = {"bird", "fish", "tree"};
    network.labelsNamed = true;
    return network;
}

/// Random weights for every layer of the network, the same for the same seed.
inline ModelWeights randomWeights(const NetworkSpecification &network, std::uint64_t seed)
{
    at::manual_seed(seed);
    ModelWeights weights;
    for (const Layer &layer : describe(network).layers) {
        LayerWeights &own = weights.layers[layer.name];
        if (!layer.sharedWith.empty())
            own.weight = Shared{layer.sharedWith};
        else
            own.weight = Factor::dense(layer.isMatrix() ? at::randn(layer.shape).mul(0.3)
                                                        : at::ones(layer.shape));
        if (layer.bias)
            own.bias = layer.isMatrix() ? at::randn({layer.shape[0]}).mul(0.1)
                                        : at::zeros({layer.shape[0]});
    }
    return weights;
}

inline std::string randomModelVocabulary()
{
    std::string text = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";
    for (char c = 'a'; c <= 'z'; ++c)
        text += std::string(1, c) + "\n";
    return text + "##a\n##e\nsmall\nbig\ngreen\nswims\nflies\ngrows\n";
}

/// `rows` labelled texts of the vocabulary's words.
inline std::string randomModelData(int rows)
{
    const char *words[] = {"small", "big", "green", "swims", "flies", "grows"};
    const char *labels[] = {"bird", "fish", "tree"};
    std::string text = "text\tlabel\n";
    for (int i = 0; i < rows; ++i) {
        for (int k = 0; k <= i % 5; ++k)
            text += std::string(k > 0 ? " " : "") + words[(i * 7 + k * 3) % 6];
        text += std::string("\t") + labels[i % 3] + "\n";
    }
    return text;
}

/// config.json, model.safetensors, vocab.txt and test.tsv in `folder` (created).
inline void writeRandomModel(const std::filesystem::path &folder, const RandomModel &shape = {},
                             int rows = 90)
{
    const NetworkSpecification network = randomSpecification(shape);
    writeModel(folder, network, randomWeights(network, shape.seed), folder);
    writeFile(folder / "vocab.txt", randomModelVocabulary());
    writeFile(folder / "test.tsv", randomModelData(rows));
}

} // namespace pare::test

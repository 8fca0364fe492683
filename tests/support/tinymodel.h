// A small BERT with random weights as a folder, and labelled examples for it: what a person would
// open. Include before Qt's headers.
#pragma once

#include <ATen/ATen.h>

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/modelfolder.h"
#include "core/model/architecture.h"

#include <filesystem>
#include <string>

namespace pare::test {

struct TinyModel
{
    std::filesystem::path folder; ///< config.json, model.safetensors, vocab.txt
    std::filesystem::path data;   ///< labelled rows
    std::filesystem::path config; ///< of the same model, without weights beside it
};

inline const std::vector<std::string> &tinyWords()
{
    static const std::vector<std::string> words{"ice", "snow", "rain", "wind",
                                                "sun", "heat", "sand", "fog"};
    return words;
}

inline NetworkSpecification tinyBert()
{
    NetworkSpecification specification;
    specification.architecture = "bert";
    specification.embedding = {static_cast<int>(5 + tinyWords().size()), 32, 24, 2, 0};
    BlockSpecification block;
    block.width = 32;
    block.heads = 2;
    block.feedForwardWidth = 64;
    specification.stacks = {{"encoder", 3, block}};
    specification.head = HeadKind::Classification;
    specification.labels = {"cold", "mild", "hot"};
    specification.labelsNamed = true;
    return specification;
}

inline at::Tensor randomTensor(const std::vector<std::int64_t> &shape, Random &random)
{
    at::Tensor tensor = at::empty(shape, at::kFloat);
    float *values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        values[i] = static_cast<float>(random.uniform() - 0.5);
    return tensor;
}

inline std::string randomRows(int rows, Random &random)
{
    std::string text = "text\tlabel\n";
    for (int row = 0; row < rows; ++row) {
        const std::size_t words = 2 + random.below(8);
        for (std::size_t i = 0; i < words; ++i)
            text += (i ? " " : "") + tinyWords()[random.below(tinyWords().size())];
        text += '\t' + tinyBert().labels[random.below(3)] + '\n';
    }
    return text;
}

/// Writes everything below `folder`, which must exist.
inline TinyModel makeTinyModel(const std::filesystem::path &folder, int rows = 96)
{
    Random random(7);
    const NetworkSpecification specification = tinyBert();
    ModelWeights weights;
    for (const Layer &layer : describe(specification).layers) {
        const at::Tensor values =
            layer.isMatrix() ? randomTensor(layer.shape, random) : at::ones(layer.shape);
        weights.layers[layer.name] = {Factor::dense(values),
                                      layer.bias ? at::zeros({layer.shape.front()}) : at::Tensor()};
    }
    std::filesystem::create_directories(folder / "tokenizer");
    std::string vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";
    for (const std::string &word : tinyWords())
        vocabulary += word + '\n';
    writeFile(folder / "tokenizer" / "vocab.txt", vocabulary);
    const TinyModel model{folder / "model", folder / "examples.tsv",
                          folder / "described" / "config.json"};
    writeModel(model.folder, specification, weights, folder / "tokenizer");
    writeFile(model.data, randomRows(rows, random));
    std::filesystem::create_directories(model.config.parent_path());
    std::filesystem::copy_file(model.folder / "config.json", model.config);
    return model;
}

} // namespace pare::test

// A random BERT classifier as large as a real one, with 2,000 examples.
#pragma once

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/checkpoint/checkpoint.h"
#include "tests/support/randommodel.h"

#include <filesystem>
#include <string>

namespace pare::test {

/// Weights about as large as trained ones, heads of 64, and sentences of 10 tokens in the mean: FOLDER/test.tsv.
inline void writeRandomClassifier(const std::filesystem::path &folder, int blocks, int width)
{
    const RandomModel shape{width, width / 64, 4 * width, blocks, 64};
    const NetworkSpecification specification = randomSpecification(shape);
    ModelWeights weights = randomWeights(specification, 1);
    for (auto &[name, layer] : weights.layers) {
        const bool isMatrix = shapeOf(layer.weight).size() == 2;
        if (isMatrix && name != "classifier" && !name.starts_with("embedding."))
            layer.weight = Factor::dense(denseValues(layer.weight).mul(0.15));
    }
    writeModel(folder, specification, weights, folder);
    writeFile(folder / "vocab.txt", randomModelVocabulary());
    Random random(1);
    std::string text = "text\tlabel\n";
    const char *labels[] = {"bird", "fish", "tree"};
    for (int row = 0; row < 2000; ++row) {
        for (std::uint64_t i = 0; i < 4 + random.below(9); ++i)
            text += std::string(i > 0 ? " " : "") + static_cast<char>('a' + random.below(26));
        text += std::string("\t") + labels[random.below(3)] + "\n";
    }
    writeFile(folder / "test.tsv", text);
}

} // namespace pare::test

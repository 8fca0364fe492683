// A toy task on token ids, and tiny networks that learn it: for tests of training that need no files.
// Include before Qt's headers.
#pragma once

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/model/architecture.h"
#include "core/text/vocabulary.h"
#include "core/training/recovery.h"

#include <ATen/ops/equal.h>
#include <functional>
#include <string>
#include <vector>

namespace pare::test {

/// [PAD] [UNK] [CLS] [SEP] [MASK], five animals, five tools, ten fillers.
inline constexpr int toyVocabulary = 25;

struct ToyNetwork
{
    int blocks = 2;
    int width = 16;
    int heads = 2;
    HeadKind head = HeadKind::Classification;
    int vocabulary = toyVocabulary;
};

inline NetworkSpecification toySpecification(const ToyNetwork &shape = {})
{
    NetworkSpecification network;
    network.architecture = "bert";
    network.embedding = {shape.vocabulary, shape.width, 12, 2, 0};
    BlockSpecification block;
    block.width = shape.width;
    block.heads = shape.heads;
    block.feedForwardWidth = 2 * shape.width;
    network.stacks = {{"encoder", shape.blocks, block}};
    network.head = shape.head;
    network.labels = {"animal", "tool"};
    network.labelsNamed = true;
    network.dropout = {0.0, 0.1, 0.0};
    network.initializerRange = 0.1;
    return network;
}

/// Texts with one animal (label 0) or tool (label 1) among fillers.
inline TrainingSet toySet(int rows, std::uint64_t seed)
{
    Random random(seed);
    TrainingSet set;
    for (int row = 0; row < rows; ++row) {
        const auto label = static_cast<std::int64_t>(row % 2);
        std::vector<std::int64_t> ids{2};
        const std::size_t fillers = 1 + random.below(3);
        for (std::size_t i = 0; i < fillers; ++i)
            ids.push_back(15 + static_cast<std::int64_t>(random.below(10)));
        ids.push_back(5 + 5 * label + static_cast<std::int64_t>(random.below(5)));
        ids.push_back(15 + static_cast<std::int64_t>(random.below(10)));
        ids.push_back(3);
        set.sequences.push_back({ids, std::vector<std::int64_t>(ids.size(), 0)});
        set.labels.push_back(label);
    }
    return set;
}

inline TrainingData toyTask(int rows = 240)
{
    return {Objective::Task, toySet(rows, 1), toySet(80, 2), {}};
}

inline MaskingOptions toyMasking()
{
    MaskingOptions masking;
    masking.share = 0.3;
    masking.vocabulary = toyVocabulary;
    masking.maskId = 4;
    masking.special = {0, 2, 3, 4};
    return masking;
}

inline Vocabulary toyWords()
{
    const std::vector<std::string> tokens{"[PAD]", "[UNK]", "[CLS]", "[SEP]",  "[MASK]", "cat", "dog",
                                          "cow",   "hen",   "fox",   "saw",    "axe",    "nail", "drill",
                                          "plane", "the",   "old",   "red",    "big",    "one",  "good",
                                          "small", "new",   "blue",  "bright"};
    return Vocabulary(tokens);
}

/// Fast, and the same on every machine.
inline TrainingOptions toyOptions()
{
    TrainingOptions options;
    options.epochs = 5;
    options.batchTokens = 128;
    options.learningRate = 0.005;
    options.seed = 5;
    options.precision = TrainingPrecision::Float32;
    options.saveEveryMinutes = 0;
    return options;
}

/// A network drawn anew after training.
inline ModelWeights toyTrained(const NetworkSpecification &network, const ModelWeights &start,
                               const TrainingData &data, TrainingOptions options)
{
    options.objective = data.objective;
    options = withDefaults(options, network, TrainingStart::Scratch);
    TrainableNetwork trained(network, start, options.seed);
    ObjectiveLesson lesson(trained, data, options.batchTokens);
    trainedTo(lesson, options, {}, {}, silentProgress());
    return trained.weights();
}

/// Cancelled as soon as a report is the one that is waited for.
class CancellingProgress : public Progress
{
public:
    explicit CancellingProgress(std::function<bool(const ProgressReport &)> isTheOne)
        : m_isTheOne(std::move(isTheOne))
    {}

    void report(const ProgressReport &report) override
    {
        m_cancelled = m_cancelled || m_isTheOne(report);
    }
    bool cancelled() const override { return m_cancelled; }

private:
    std::function<bool(const ProgressReport &)> m_isTheOne;
    bool m_cancelled = false;
};

/// After so many steps of training.
inline CancellingProgress cancelledAfter(std::int64_t steps)
{
    return CancellingProgress([steps](const ProgressReport &report) mutable {
        return !report.figure.empty() && --steps <= 0;
    });
}

/// In the n-th evaluation.
inline CancellingProgress cancelledInEvaluation(int number)
{
    return CancellingProgress([number](const ProgressReport &report) mutable {
        const bool begins = report.figure.empty() && report.done == 0 && report.total > 1;
        return begins && --number <= 0;
    });
}

inline bool equalTensors(const at::Tensor &a, const at::Tensor &b)
{
    return a.defined() == b.defined() && (!a.defined() || at::equal(a, b));
}

/// Bit by bit, shared layers by their owners.
inline bool equalWeights(const ModelWeights &a, const ModelWeights &b)
{
    if (a.layers.size() != b.layers.size())
        return false;
    for (const auto &[name, layer] : a.layers) {
        const auto found = b.layers.find(name);
        if (found == b.layers.end() || !equalTensors(layer.bias, found->second.bias))
            return false;
        const auto *one = std::get_if<Shared>(&layer.weight);
        const auto *other = std::get_if<Shared>(&found->second.weight);
        if ((one == nullptr) != (other == nullptr))
            return false;
        if (one ? one->layer != other->layer
                : !at::equal(denseValues(layer.weight), denseValues(found->second.weight)))
            return false;
    }
    return true;
}

/// Share of right answers on the development data.
inline double accuracyOf(const NetworkSpecification &network, const ModelWeights &weights,
                         const TrainingData &data)
{
    const TrainableNetwork judged(network, weights, 0);
    return evaluated(judged, data, data.dev, 1024, silentProgress()).accuracy;
}

} // namespace pare::test

// Turns model, recipe and data into a Run: what `pare run`, sweeps and the window call.
//
// An Experiment opens its model and reads its data once; what does not depend on the recipe
// (tokenised data, the original's answers, decompositions) is computed once and kept. Belongs to
// one thread at a time, the one that computes.
#pragma once

#include "core/base/progress.h"
#include "core/model/answers.h"
#include "core/model/run.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pare {

struct Checkpoint;
struct CompressedModel;
struct EncodedData;
struct Measured;
struct RecipePlan;

struct ExperimentOptions
{
    std::filesystem::path model;
    std::string data; ///< a TSV, CSV or JSON lines file, or "wordnet:test"
    std::uint64_t seed = 0;
    int threads = 0; ///< 0: all cores this process may use
    std::int64_t batchTokens = 2048;
    std::string calibration =
        {}; ///< labelled examples for techniques that look at data; empty: none
    int calibrationExamples = 128; ///< so many of them, in the classes' proportion, by seed
    std::string dev = {};   ///< labelled examples for what is chosen by its score; empty: none
    std::string train = {}; ///< labelled examples that a recipe's training learns; empty: none
    /// TrainingOptions::told, of a recipe's training.
    std::function<void(const TrainingRecord &)> told = {};
};

/// What a run was made with, to make it, or others beside it, again.
ExperimentOptions optionsOf(const Run &run);

struct ExperimentOutputs
{
    std::filesystem::path folder;      ///< export the measured weights there; empty: no
    std::filesystem::path predictions; ///< write one row per example there; empty: no
    /// Keep weights that training made there, in a folder named by their hash; empty: no.
    std::filesystem::path trained = {};
    /// Told the run and its answers before anything is written, so that a full disk loses no
    /// measurement; may be empty.
    std::function<void(const Run &, const RunAnswers &)> measured = {};
    /// What was said of it before, to be kept with the run.
    std::optional<RunPrediction> prediction = {};
};

class Experiment
{
public:
    /// Opens the model and tokenises the data; measures nothing yet. Throws Error or Cancelled.
    Experiment(const ExperimentOptions &options, Progress &progress);
    ~Experiment();

    const Checkpoint &checkpoint() const;
    const std::string &modelHash() const;
    const std::string &dataHash() const;

    /// The run's id without running it.
    std::string idOf(const Recipe &recipe) const;

    /// Throws where run() would refuse the recipe before it computes anything: it cannot hold, or
    /// looks at data that the options do not name.
    void check(const Recipe &recipe) const;

    /// Compresses, measures the result and, the first time, the original. Throws Error or
    /// Cancelled.
    Run run(const Recipe &recipe, Progress &progress, const ExperimentOutputs &outputs = {});

    /// What the parts of run() are made of, for those who measure in another way:
    /// as it is in the end, the number of threads among it.
    const ExperimentOptions &options() const;
    /// As runs name them: absolute, or of what is installed its name.
    std::string modelPath() const;
    std::string dataPath() const;
    const EncodedData &data() const;
    /// The same as a model reads it that knows only these tokens (none named: all).
    EncodedData dataFor(const std::vector<int> &tokens, Progress &progress) const;
    /// What the original answers; measured the first time. Throws Error or Cancelled.
    const Measured &original(Progress &progress);
    /// The model that the steps of a recipe make, before any training. Throws Error or Cancelled.
    CompressedModel made(const Recipe &recipe, Progress &progress);
    /// Its layers, with output errors where there is calibration data; kernels are left empty.
    std::vector<LayerRecord> recordsOf(const CompressedModel &made, Progress &progress) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace pare

#include "core/experiment/experiment.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/compress.h"
#include "core/compression/factorize/decompositioncache.h"
#include "core/compression/layerrecords.h"
#include "core/compression/plan.h"
#include "core/evaluation/encode.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/latency.h"
#include "core/evaluation/loyalty.h"
#include "core/evaluation/predictions.h"
#include "core/evaluation/visitorder.h"
#include "core/experiment/messages.h"
#include "core/experiment/versions.h"
#include "core/model/technique.h"
#include "core/network/computing.h"
#include "core/network/network.h"
#include "core/tensors/safetensorsfile.h"
#include "core/text/datasource.h"
#include "core/text/wordpiecetokenizer.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>

#include <fmt/chrono.h>

namespace pare {

namespace {

/// Texts of one model differ less than this in length, and so in time.
constexpr double mostSpread = 10;

/// One model's answers and what they cost.
struct Measured
{
    Measurement measurement;
    at::Tensor logits;
    std::map<std::string, std::string> kernels; ///< by layer
};

std::string now()
{
    const std::time_t time = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(time));
}

/// As a project keeps it, so that a run reads the same fresh and stored: from the root, without
/// detours.
std::string absolutePath(const std::filesystem::path &path)
{
    std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
    if (!whole.has_filename())
        whole = whole.parent_path();
    return (std::filesystem::weakly_canonical(whole.parent_path()) / whole.filename()).string();
}

/// The same of data, which may be installed and have a name instead.
std::string namedPath(const std::string &source)
{
    return isBuiltIn(source) ? source : absolutePath(source);
}

bool sameFile(const std::filesystem::path &one, const std::filesystem::path &other)
{
    std::error_code ignored;
    return !one.empty() && std::filesystem::equivalent(one, other, ignored);
}

/// Throws where the model could not be written to `folder`; empty: nothing to check.
void checkFolder(const Checkpoint &checkpoint, const std::filesystem::path &folder)
{
    if (folder.empty())
        return;
    if (sameFile(folder, checkpoint.folder))
        throw Error(ErrorKind::InvalidSetting, messages::experimentOverwrites, folder);
    checkWritableFolder(folder);
}

void checkPredictions(const std::string &data, const std::filesystem::path &file)
{
    if (file.empty())
        return;
    if (sameFile(file, data))
        throw Error(ErrorKind::InvalidSetting, messages::experimentOverwrites, file);
    checkWritable(file);
}

bool needsCalibration(const Recipe &recipe)
{
    return std::ranges::any_of(recipe.steps, [](const Step &step) {
        return needOf(step) != Need::Nothing;
    });
}

/// Calibration data with where it came from.
struct Calibration
{
    CalibrationData data;
    std::string fileHash;
    int examples = 0;

    /// For run ids; empty where the recipe needs none.
    std::string identity(const Recipe &recipe) const
    {
        return needsCalibration(recipe) ? fmt::format("{} {}", fileHash, examples) : std::string();
    }
};

WordPieceTokenizer tokenizerOf(const Checkpoint &checkpoint)
{
    const EmbeddingSpecification &embedding = checkpoint.specification.embedding;
    return WordPieceTokenizer::open(checkpoint.folder, embedding.vocabulary, embedding.positions);
}

Calibration calibrationOf(const Checkpoint &checkpoint, const ExperimentOptions &options,
                          Progress &progress)
{
    if (options.calibration.empty())
        return {};
    const Dataset dataset = openDataset(options.calibration);
    if (dataset.task() != TaskKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::experimentScores, options.calibration);
    EncodedData data = encoded(dataset, tokenizerOf(checkpoint),
                               {checkpoint.specification.labels, options.calibration}, progress);
    std::vector<std::size_t> order = stratifiedOrder(data.labels, options.seed);
    order.resize(std::min(order.size(), static_cast<std::size_t>(options.calibrationExamples)));
    Calibration calibration{{}, dataset.hash(), static_cast<int>(order.size())};
    for (const std::size_t example : order) {
        calibration.data.sequences.push_back(std::move(data.sequences[example]));
        calibration.data.labels.push_back(data.labels[example]);
    }
    return calibration;
}

/// Reports of the work below under one title, whatever it calls itself.
class Titled final : public Progress
{
public:
    Titled(Progress &progress, Message title)
        : m_progress(progress)
        , m_title(std::move(title))
    {}

    void report(const ProgressReport &report) override
    {
        ProgressReport titled = report;
        titled.what = m_title;
        m_progress.report(titled);
    }
    bool cancelled() const override { return m_progress.cancelled(); }

private:
    Progress &m_progress;
    Message m_title;
};

Measured measure(const Network &network, const EncodedData &data, const ExperimentOptions &options,
                 Progress &progress)
{
    EvaluationOptions evaluation;
    evaluation.batchTokens = options.batchTokens;
    evaluation.seed = options.seed;
    Measured measured;
    // First the single answers, which also warm up: whatever is measured first would come out
    // slower.
    LatencyOptions latency;
    latency.seed = options.seed;
    measured.measurement.latencyMs = measureLatency(network, data, latency, progress);
    const Evaluation result = evaluate(network, data, evaluation, progress);
    measured.logits = result.logits;
    measured.measurement.metrics["accuracy"] = result.accuracy;
    measured.measurement.examplesPerSecond = result.examplesPerSecond();
    measured.kernels = network.kernels();
    return measured;
}

/// The network takes each layer into its kernels' own layout; the pages of the file it came from
/// can go then.
Network networkOf(const Checkpoint &checkpoint, const ModelWeights &weights)
{
    return Network(checkpoint.specification, weights,
                   [&](const std::string &) { checkpoint.file->releasePages(); });
}

std::vector<std::string> distinct(const std::map<std::string, std::string> &kernels)
{
    std::set<std::string> names;
    for (const auto &[layer, kernel] : kernels)
        names.insert(kernel);
    return {names.begin(), names.end()};
}

} // namespace

struct Experiment::State
{
    ExperimentOptions options;
    Checkpoint checkpoint;
    std::string modelHash;
    std::string dataHash;
    EncodedData data;
    std::optional<Measured> original;
    Calibration calibration;
    DecompositionCache decompositions;

    CompressionContext context()
    {
        return {&decompositions, &checkpoint.specification, &calibration.data};
    }
    std::string idOf(const Recipe &planned) const
    {
        return runId(planned, {modelHash, dataHash, options.seed, options.threads,
                               calibration.identity(planned)});
    }
};

Experiment::Experiment(const ExperimentOptions &options, Progress &progress)
    : m_state(std::make_unique<State>())
{
    State &state = *m_state;
    state.options = options;
    if (state.options.threads <= 0)
        state.options.threads = usableCores();
    startComputing(state.options.threads);
    progress.step({message(messages::experimentOpening), 0, 0, {}});
    state.checkpoint = openCheckpoint(options.model);
    const NetworkSpecification &specification = state.checkpoint.specification;
    if (specification.head != HeadKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::experimentNoHead, options.model);
    state.modelHash = hashOf(state.checkpoint, progress);
    progress.step({message(messages::experimentReading), 0, 0, {}});
    const Dataset dataset = openDataset(options.data);
    if (dataset.task() != TaskKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::experimentScores, options.data);
    state.dataHash = dataset.hash();
    state.data = encoded(dataset, tokenizerOf(state.checkpoint),
                         {specification.labels, options.data}, progress);
    state.calibration = calibrationOf(state.checkpoint, options, progress);
}

Experiment::~Experiment() = default;

const Checkpoint &Experiment::checkpoint() const
{
    return m_state->checkpoint;
}

const std::string &Experiment::modelHash() const
{
    return m_state->modelHash;
}

const std::string &Experiment::dataHash() const
{
    return m_state->dataHash;
}

std::string Experiment::idOf(const Recipe &recipe) const
{
    return m_state->idOf(plan(recipe, m_state->checkpoint.description).recipe);
}

Run Experiment::run(const Recipe &recipe, Progress &progress, const ExperimentOutputs &outputs)
{
    State &state = *m_state;
    const Checkpoint &checkpoint = state.checkpoint;
    const NetworkSpecification &specification = checkpoint.specification;
    const RecipePlan planned = plan(recipe, checkpoint.description);
    checkFolder(checkpoint, outputs.folder);
    checkPredictions(state.options.data, outputs.predictions);
    if (!state.original) {
        Titled titled(progress, message(messages::experimentOriginal));
        state.original =
            measure(networkOf(checkpoint, checkpoint.weights), state.data, state.options, titled);
        state.original->measurement.bytes = checkpoint.description.bytes;
        state.original->measurement.parameters = checkpoint.description.parameters;
    }
    Titled compressing(progress, message(messages::experimentCompressing));
    const ModelWeights weights =
        compressed(checkpoint.weights, planned, compressing, state.context());

    Run run;
    run.layers = layerRecords(checkpoint.weights, weights, planned, compressing);
    Titled measuring(progress, message(messages::experimentMeasuring));
    const Measured measured =
        measure(networkOf(checkpoint, weights), state.data, state.options, measuring);
    run.measured = measured.measurement;
    run.measured.bytes = exportedBytes(specification, weights);
    run.measured.parameters = parameterCount(weights);
    run.baseline = state.original->measurement;
    run.labelLoyalty = labelLoyalty(measured.logits, state.original->logits);
    run.probabilityLoyalty = probabilityLoyalty(measured.logits, state.original->logits);
    for (LayerRecord &layer : run.layers) {
        const auto kernel = measured.kernels.find(layer.name);
        layer.kernel = kernel == measured.kernels.end() ? "" : kernel->second;
    }
    run.kernels = distinct(measured.kernels);
    run.id = state.idOf(planned.recipe);
    if (needsCalibration(planned.recipe)) {
        run.calibrationPath = namedPath(state.options.calibration);
        run.calibrationHash = state.calibration.fileHash;
        run.calibrationExamples = state.calibration.examples;
    }
    run.modelPath = absolutePath(state.options.model);
    run.modelHash = state.modelHash;
    run.dataPath = namedPath(state.options.data);
    run.dataHash = state.dataHash;
    run.task = "classification";
    run.examples = state.data.size();
    run.truncated = state.data.truncated;
    run.seed = state.options.seed;
    run.threads = state.options.threads;
    run.versions = versions();
    run.recipe = planned.recipe;
    for (const Message &note : planned.notes)
        run.notes.push_back(note.text());
    for (const Latency &latency : {run.baseline.latencyMs, run.measured.latencyMs}) {
        if (latency.high > mostSpread * latency.low)
            run.notes.push_back(message(messages::experimentUnsteady,
                                        fmt::format("{:.2f}", latency.low),
                                        fmt::format("{:.2f}", latency.high))
                                    .text());
    }
    run.primaryMetric = "accuracy";
    run.batchTokens = state.options.batchTokens;
    run.weightHash = hashOf(specification, weights, progress);
    run.time = now();
    if (outputs.measured)
        outputs.measured(run);
    if (!outputs.folder.empty())
        writeModel(outputs.folder, specification, weights, checkpoint.folder);
    if (!outputs.predictions.empty())
        writePredictions(outputs.predictions, state.data, measured.logits, state.original->logits);
    return run;
}

ExportRemarks exportModel(const ExperimentOptions &options, const Recipe &recipe,
                          const std::filesystem::path &folder, Progress &progress)
{
    const Checkpoint checkpoint = openCheckpoint(options.model);
    const RecipePlan planned = plan(recipe, checkpoint.description);
    checkFolder(checkpoint, folder);
    const Calibration calibration = calibrationOf(checkpoint, options, progress);
    Titled compressing(progress, message(messages::experimentCompressing));
    writeModel(folder, checkpoint.specification,
               compressed(checkpoint.weights, planned, compressing,
                          {nullptr, &checkpoint.specification, &calibration.data}),
               checkpoint.folder);
    return {checkpoint.warnings, planned.notes};
}

void exportRun(const Run &run, const std::filesystem::path &folder, Progress &progress)
{
    const Checkpoint checkpoint = openCheckpoint(run.modelPath);
    checkFolder(checkpoint, folder);
    if (hashOf(checkpoint, progress) != run.modelHash)
        throw Error(ErrorKind::InvalidFile, messages::experimentModelChanged, run.modelPath,
                    run.id);
    startComputing(run.threads); // sums over calibration data depend on it in their last digits
    ExperimentOptions options;
    options.seed = run.seed;
    options.calibration = run.calibrationPath;
    options.calibrationExamples = run.calibrationExamples;
    const Calibration calibration = calibrationOf(checkpoint, options, progress);
    Titled compressing(progress, message(messages::experimentCompressing));
    const ModelWeights weights =
        compressed(checkpoint.weights, plan(run.recipe, checkpoint.description), compressing,
                   {nullptr, &checkpoint.specification, &calibration.data});
    const std::string hash = hashOf(checkpoint.specification, weights, progress);
    if (hash != run.weightHash)
        throw Error(ErrorKind::InvalidFile, messages::experimentWeights, run.id, hash,
                    run.weightHash);
    writeModel(folder, checkpoint.specification, weights, checkpoint.folder);
}

} // namespace pare

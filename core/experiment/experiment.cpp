#include "core/experiment/experiment.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/modelfolder.h"
#include "core/compression/compressedmodel.h"
#include "core/compression/factorize/decompositioncache.h"
#include "core/compression/layerrecords.h"
#include "core/compression/outputerrors.h"
#include "core/compression/plan.h"
#include "core/evaluation/latency.h"
#include "core/evaluation/loyalty.h"
#include "core/evaluation/predictions.h"
#include "core/experiment/exporting.h"
#include "core/experiment/measure.h"
#include "core/experiment/messages.h"
#include "core/experiment/recoverystep.h"
#include "core/experiment/runanswers.h"
#include "core/experiment/runfields.h"
#include "core/experiment/titledprogress.h"
#include "core/experiment/versions.h"
#include "core/experiment/weightinputs.h"
#include "core/model/technique.h"
#include "core/network/computing.h"
#include "core/network/network.h"
#include "core/tensors/safetensorsfile.h"
#include "core/text/datasource.h"
#include "core/text/wordpiecetokenizer.h"

#include <algorithm>

namespace pare {

namespace {

bool sameFile(const std::filesystem::path &one, const std::filesystem::path &other)
{
    std::error_code ignored;
    return !one.empty() && std::filesystem::equivalent(one, other, ignored);
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
    return std::ranges::any_of(recipe.steps, looksAtData);
}

/// The network takes each layer into its kernels' own layout; the pages of the file it came from
/// can go then.
Network networkOf(const Checkpoint &checkpoint, const NetworkSpecification &specification,
                  const ModelWeights &weights)
{
    return Network(specification, weights, [&](const std::string &) { checkpoint.releasePages(); });
}

bool hasOutputError(const LayerRecord &layer)
{
    return layer.outputError.has_value();
}

} // namespace

ExperimentOptions optionsOf(const Run &run)
{
    ExperimentOptions options;
    options.model = run.modelPath;
    options.data = run.dataPath;
    options.seed = run.seed;
    options.threads = run.threads;
    if (run.batchTokens > 0)
        options.batchTokens = run.batchTokens;
    if (needsCalibration(run.recipe)) // others only compared their outputs on it
        options.calibration = run.calibrationPath;
    options.calibrationExamples = run.calibrationExamples;
    options.dev = run.devPath;
    options.train = run.trainPath;
    return options;
}

struct Experiment::State
{
    ExportSource exportSource(const CompressedModel &made, const Run &run) const
    {
        // Not owned: it is written before this ends.
        const std::shared_ptr<const Checkpoint> opened(std::shared_ptr<const void>(), &checkpoint);
        ExportSource source{opened, made.specification, made.weights, {}, made.tokens(), {}};
        source.record.weightHash = run.weightHash;
        source.record.model = run.modelPath;
        source.record.modelHash = run.modelHash;
        source.record.seed = run.seed;
        source.record.recipe = run.recipe;
        source.record.versions = run.versions;
        source.record.run = run;
        return source;
    }

    ExperimentOptions options;
    Checkpoint checkpoint;
    std::string modelHash;
    std::string dataHash;
    EncodedData data;
    std::optional<Measured> original;
    std::optional<WeightInputs> inputs;
    std::optional<RecoveryStep> recovery; ///< where there is data to train on
    DecompositionCache decompositions;

    std::string idOf(const Recipe &planned) const
    {
        RunOrigin origin{modelHash,
                         dataHash,
                         options.seed,
                         options.threads,
                         inputs->identity(planned),
                         inputs->devIdentity(planned)};
        if (planned.training && recovery)
            origin.train = recovery->identity();
        return runId(planned, origin);
    }
    OpenedModel opened() const
    {
        return {checkpoint.specification, checkpoint.description, checkpoint.weights};
    }
    CompressedModel made(const RecipePlan &planned, Progress &progress)
    {
        return compressedModel(opened(), planned, progress,
                               inputs->context(&decompositions, progress));
    }
    /// Throws where a recipe looks at data that is not there.
    void checkData(const Recipe &planned, Progress &progress) const
    {
        checkInputs(planned, inputs->context(nullptr, progress));
        if (planned.training && !recovery)
            throw Error(ErrorKind::InvalidSetting, messages::experimentNoTraining);
    }
    /// The data as a model reads it that knows only these tokens (none named: all).
    EncodedData encodedFor(const std::vector<int> &tokens, Progress &progress) const
    {
        return tokens.empty() ? data
                              : encodedExamples(checkpoint, openDataset(options.data), options.data,
                                                tokens, progress);
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
    state.dataHash = dataset.hash();
    state.data = encodedExamples(state.checkpoint, dataset, options.data, {}, progress);
    state.inputs.emplace(state.checkpoint, options, progress);
    if (!options.train.empty())
        state.recovery.emplace(state.checkpoint, state.options);
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

void Experiment::check(const Recipe &recipe) const
{
    const RecipePlan planned = plan(recipe, m_state->checkpoint.description);
    m_state->checkData(planned.recipe, silentProgress());
}

const ExperimentOptions &Experiment::options() const
{
    return m_state->options;
}

std::string Experiment::modelPath() const
{
    return absolutePath(m_state->options.model);
}

std::string Experiment::dataPath() const
{
    return namedPath(m_state->options.data);
}

const EncodedData &Experiment::data() const
{
    return m_state->data;
}

EncodedData Experiment::dataFor(const std::vector<int> &tokens, Progress &progress) const
{
    return m_state->encodedFor(tokens, progress);
}

const Measured &Experiment::original(Progress &progress)
{
    std::optional<Measured> &original = m_state->original;
    if (original)
        return *original;
    const Checkpoint &checkpoint = m_state->checkpoint;
    TitledProgress titled(progress, message(messages::experimentOriginal));
    original = measure(networkOf(checkpoint, checkpoint.specification, checkpoint.weights),
                       m_state->data, m_state->options, titled);
    original->measurement.bytes = checkpoint.description.bytes;
    original->measurement.parameters = checkpoint.description.parameters;
    original->measurement.bytesByPart =
        bytesByPart(checkpoint.weights, checkpoint.description.bytes);
    return *original;
}

CompressedModel Experiment::made(const Recipe &recipe, Progress &progress)
{
    return m_state->made(plan(recipe, m_state->checkpoint.description), progress);
}

std::vector<LayerRecord> Experiment::recordsOf(const CompressedModel &made,
                                               Progress &progress) const
{
    const OpenedModel original = m_state->opened();
    return withOutputErrors(layerRecords(original, made, progress),
                            {original, m_state->inputs->calibration()}, made, progress);
}

Run Experiment::run(const Recipe &recipe, Progress &progress, const ExperimentOutputs &outputs)
{
    State &state = *m_state;
    const Checkpoint &checkpoint = state.checkpoint;
    const RecipePlan planned = plan(recipe, checkpoint.description);
    state.checkData(planned.recipe, progress);
    const std::string id = state.idOf(planned.recipe); // reads texts that the recipe names
    checkExportFolder(checkpoint.folder, outputs.folder);
    checkPredictions(state.options.data, outputs.predictions);
    original(progress);
    TitledProgress compressing(progress, message(messages::experimentCompressing));
    CompressedModel made = state.made(planned, compressing);
    Run run;
    if (planned.recipe.training) {
        Recovered trained = state.recovery->run(made, id, progress);
        made.weights = std::move(trained.weights);
        made.plan.notes.insert(made.plan.notes.end(), trained.notes.begin(), trained.notes.end());
        run.training = trained.report;
        run.trainPath = namedPath(state.options.train);
        run.trainHash = state.recovery->hash();
    }
    const NetworkSpecification &specification = made.specification;
    const ModelWeights &weights = made.weights;
    const EncodedData data = state.encodedFor(made.tokens(), compressing);

    run.layers = recordsOf(made, compressing);
    TitledProgress measuring(progress, message(messages::experimentMeasuring));
    const Measured measured =
        measure(networkOf(checkpoint, specification, weights), data, state.options, measuring);
    run.measured = measured.measurement;
    run.measured.bytes = exportedBytes(specification, weights);
    run.measured.parameters = parameterCount(weights);
    run.measured.bytesByPart = bytesByPart(weights, run.measured.bytes);
    run.baseline = state.original->measurement;
    run.labelLoyalty = labelLoyalty(measured.logits, state.original->logits);
    run.probabilityLoyalty = probabilityLoyalty(measured.logits, state.original->logits);
    for (LayerRecord &layer : run.layers) {
        const auto kernel = measured.kernels.find(made.nameOf(layer.name));
        layer.kernel = kernel == measured.kernels.end() ? "" : kernel->second;
    }
    run.kernels = distinctKernels(measured.kernels);
    run.id = id;
    if (needsCalibration(planned.recipe) || std::ranges::any_of(run.layers, hasOutputError)) {
        run.calibrationPath = namedPath(state.options.calibration);
        run.calibrationHash = state.inputs->calibrationHash();
        run.calibrationExamples = state.inputs->calibrationExamples();
    }
    if (choosesSurvivors(planned.recipe) || (run.training && !state.options.dev.empty())) {
        run.devPath = namedPath(state.options.dev);
        run.devHash =
            run.training ? state.recovery->devHash() : state.inputs->devIdentity(planned.recipe);
    }
    run.modelPath = modelPath();
    run.modelHash = state.modelHash;
    run.dataPath = dataPath();
    run.dataHash = state.dataHash;
    run.task = "classification";
    run.examples = state.data.size();
    run.truncated = data.truncated;
    run.seed = state.options.seed;
    run.threads = state.options.threads;
    run.versions = versions();
    run.recipe = planned.recipe;
    run.prediction = outputs.prediction;
    if (const auto note = checkpoint.alreadyCompressed(); note && !isOriginal(run))
        run.notes.push_back(note->text());
    for (const Message &note : made.plan.notes)
        run.notes.push_back(note.text());
    for (const auto &[pattern, latency] :
         {std::pair(messages::experimentUnsteadyOriginal, run.baseline.latencyMs),
          std::pair(messages::experimentUnsteady, run.measured.latencyMs)}) {
        if (!isSteady(latency))
            run.notes.push_back(message(pattern, fmt::format("{:.2f}", latency.low),
                                        fmt::format("{:.2f}", latency.high))
                                    .text());
    }
    run.primaryMetric = "accuracy";
    run.batchTokens = state.options.batchTokens;
    run.weightHash = hashOf(specification, weights, progress);
    run.time = timeNow();
    if (run.training && !outputs.trained.empty())
        writeModel(outputs.trained / run.weightHash, specification, weights,
                   {checkpoint.folder, made.tokens()});
    if (outputs.measured)
        outputs.measured(
            run, runAnswers(state.data, state.dataHash, measured.logits, state.original->logits));
    if (!outputs.folder.empty())
        exportModel(state.exportSource(made, run), {outputs.folder}, progress);
    if (!outputs.predictions.empty()) {
        makeParentFolders(outputs.predictions);
        writePredictions(outputs.predictions, state.data, measured.logits, state.original->logits);
    }
    return run;
}

} // namespace pare

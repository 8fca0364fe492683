#include "core/experiment/recoverystep.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/messages.h"
#include "core/experiment/weightinputs.h"
#include "core/model/training.h"
#include "core/text/datasource.h"
#include "core/text/wordpiecetokenizer.h"
#include "core/training/distill/distillation.h"
#include "core/training/trainingsource.h"

namespace pare {

namespace {

/// What training learns to remove, by the names that the weights have.
MaskPlan masksOf(const CompressedModel &made, const Step &training)
{
    MaskPlan result;
    result.gradual = training.real("gradual");
    for (const PlannedLayer &layer : made.plan.layers) {
        if (!layer.maskStep || !layer.owner.empty())
            continue;
        const Step &step = made.plan.recipe.steps[static_cast<std::size_t>(*layer.maskStep)];
        const std::string name = made.nameOf(layer.name);
        if (needOf(step) != Need::Training || name.empty())
            continue;
        LearnedMask mask;
        if (step.has("sparsity")) {
            mask.sparsity = step.real("sparsity");
        } else {
            mask.score = MaskScore::SoftMovement;
            mask.threshold = step.real("threshold");
            result.penalty = step.real("penalty");
        }
        result.masks.emplace(name, mask);
    }
    return result;
}

/// Which ternary layers it splits, by the names that the weights have.
SplitPlan splitOf(const CompressedModel &made, const Step &training)
{
    SplitPlan result;
    if (!training.has("split-epochs"))
        return result;
    result.epochs = training.real("split-epochs");
    if (training.has("split-rate"))
        result.learningRate = training.real("split-rate");
    for (const PlannedLayer &layer : made.plan.layers) {
        const std::string name = made.nameOf(layer.name);
        if (layer.splitsTernary && layer.owner.empty() && !name.empty())
            result.layers.insert(name);
    }
    return result;
}

std::filesystem::path stateFile(const std::string &name)
{
    return cacheFolder() / "training" / (name + ".safetensors");
}

} // namespace

TrainingOptions trainingOptions(const Step &training, const ExperimentOptions &options)
{
    TrainingOptions result;
    result.epochs = training.real("epochs");
    if (training.has("learning-rate"))
        result.learningRate = training.real("learning-rate");
    result.batchTokens = training.integer("batch-tokens");
    result.warmupShare = training.real("warm-up");
    result.patience = static_cast<int>(training.integer("patience"));
    result.scoreLearningRate = training.real("score-rate");
    result.precision = parsedPrecision(training.choice("precision"));
    result.seed = options.seed;
    result.threads = options.threads;
    result.told = options.told;
    return result;
}

RecoveryStep::RecoveryStep(const Checkpoint &checkpoint, const ExperimentOptions &options)
    : m_checkpoint(checkpoint)
    , m_options(options)
    , m_train(openDataset(options.train))
{
    if (!options.dev.empty())
        m_dev = openDataset(options.dev);
}

std::string RecoveryStep::identity() const
{
    return m_train.hash() + (m_dev ? " " + devHash() : std::string());
}

TrainingSet RecoveryStep::setOf(const Dataset &dataset, const std::string &origin,
                                const std::vector<int> &tokens, Progress &progress) const
{
    EncodedData data = encodedExamples(m_checkpoint, dataset, origin, tokens, progress);
    return {std::move(data.sequences), std::move(data.labels)};
}

/// The original model teaches what became of it.
Recovered RecoveryStep::taughtByOriginal(const CompressedModel &made, const TrainingData &data,
                                         const RecoveryInputs &inputs, Progress &progress) const
{
    if (!inputs.masks.empty())
        throw Error(ErrorKind::InvalidSetting, messages::recoveryMasks,
                    made.plan.recipe.training->choice("method"));
    const WordPieceTokenizer tokenizer = tokenizerOf(m_checkpoint, made.tokens());
    std::filesystem::path folder = inputs.state;
    folder.replace_extension();
    TrainingSet readByTeacher;
    if (!made.tokens().empty())
        readByTeacher = setOf(m_train, m_options.train, {}, progress);
    const ModelWeights none;
    const std::vector<Sequence> noText;
    Distilled taught = distilled(
        {.teacher = {m_checkpoint.specification, m_checkpoint.weights, m_checkpoint.otherHeads},
         .student = {made.specification, made.weights, none},
         .form = TrainedForm::Stored,
         .originals = inputs.originals,
         .method = teachingStep(made.plan.recipe.training.value()),
         .task = data,
         .readByTeacher = made.tokens().empty() ? nullptr : &readByTeacher.sequences,
         .text = noText,
         .vocabulary = tokenizer.vocabulary(),
         .masking = tokenizer.maskId() ? maskingFor(tokenizer, inputs.options) : MaskingOptions(),
         .options = inputs.options,
         .state = folder,
         .cache = cacheFolder() / "teachers",
         .identity = inputs.identity,
         .teaching = hashOf(m_checkpoint, progress) + m_train.hash(),
         .split = inputs.split},
        progress);
    TrainingReport report;
    static_cast<TrainingRecord &>(report) = taught.record();
    return {std::move(taught.weights), std::move(report), std::move(taught.notes)};
}

Recovered RecoveryStep::run(const CompressedModel &made, const std::string &name,
                            Progress &progress) const
{
    const Step &training = made.plan.recipe.training.value();
    TrainingData data;
    data.train = setOf(m_train, m_options.train, made.tokens(), progress);
    if (m_dev)
        data.dev = setOf(*m_dev, m_options.dev, made.tokens(), progress);
    const std::string begun =
        hashOf(m_checkpoint, progress) + " " + hashOf(made.specification, made.weights, progress);
    const bool sameLayers = !made.plan.structure.changesModel();
    const RecoveryInputs inputs{
        .specification = made.specification,
        .weights = made.weights,
        .originals = sameLayers ? &m_checkpoint.weights : nullptr,
        .data = data,
        .masks = masksOf(made, training),
        .bitsFrom = training.has("bits-from") ? static_cast<int>(training.integer("bits-from")) : 0,
        .split = splitOf(made, training),
        .options = trainingOptions(training, m_options),
        .state = stateFile(name),
        .identity = begun + " " + identity()};
    return training.choice("method") == "task" ? recovered(inputs, progress)
                                               : taughtByOriginal(made, data, inputs, progress);
}

} // namespace pare

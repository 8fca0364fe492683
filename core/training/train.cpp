#include "core/training/train.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/checkpoint/modelfolder.h"
#include "core/network/computing.h"
#include "core/tensors/torcherrors.h"
#include "core/training/messages.h"
#include "core/training/objectivelesson.h"
#include "core/training/trainer.h"
#include "core/training/trainingsource.h"
#include "core/training/trainingstate.h"

#include <chrono>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Everything that the result follows from, but threads and kernels.
std::string fingerprintOf(const TrainingSource &source, const TrainingOptions &options)
{
    Hasher hasher;
    hasher.add(source.hash).add(configJson(source.specification).dump());
    hasher.add(identityOf(options));
    return hasher.hex();
}

void createOutput(const fs::path &folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Io, messages::trainingFolder, folder, error.message());
}

/// Writes model and state into the output folder as the training goes.
class Writer
{
public:
    Writer(const TrainRequest &request, const TrainingSource &source,
           const TrainableNetwork &network, Trainer &trainer, std::string fingerprint)
        : m_request(request)
        , m_source(source)
        , m_network(network)
        , m_trainer(trainer)
        , m_fingerprint(std::move(fingerprint))
        , m_state(request.output / trainingStateFile)
        , m_saved(Clock::now())
    {}

    void saveModel() const
    {
        fs::path tokenizer = m_source.tokenizerFolder;
        if (tokenizer.empty()) {
            tokenizer = m_request.output;
            m_source.tokenizer.vocabulary().save(tokenizer / "vocab.txt");
            saveTokenizerOptions(m_source.tokenizer.options(), tokenizer / "tokenizer_config.json");
        }
        writeModel(m_request.output, m_source.specification, m_network.weights(), tokenizer,
                   m_source.otherHeads);
    }

    void saveState()
    {
        saveTrainingState(m_state, m_fingerprint, m_trainer);
        m_saved = Clock::now();
    }

    void saveStateIfDue()
    {
        if (Clock::now() - m_saved >=
            std::chrono::duration<double>(m_request.options.saveEveryMinutes * 60))
            saveState();
    }

private:
    const TrainRequest &m_request;
    const TrainingSource &m_source;
    const TrainableNetwork &m_network;
    Trainer &m_trainer;
    std::string m_fingerprint;
    fs::path m_state;
    Clock::time_point m_saved;
};

std::unique_ptr<Lesson> lessonOf(TrainableNetwork &network, const TrainingData &data,
                                 std::int64_t batchTokens)
{
    if (hasPair(network.specification().head))
        return std::make_unique<PretrainingLesson>(network, data.text, batchTokens);
    return std::make_unique<ObjectiveLesson>(network, data, batchTokens);
}

TrainingReport trainOpened(const TrainRequest &request, TrainingSource &source, Progress &progress)
{
    const TrainingOptions options =
        withDefaults(request.options, source.specification, source.start);
    TrainableNetwork network(source.specification, source.weights, options.seed);
    source.weights.layers.clear();
    const std::unique_ptr<Lesson> lesson = lessonOf(network, source.data, options.batchTokens);
    Trainer trainer(*lesson, options);
    TrainingReport start;
    start.truncated = source.truncated;
    if (options.objective == Objective::Task)
        start.labels = source.specification.labels;
    trainer.resume({}, start);
    const std::string fingerprint = fingerprintOf(source, options);
    const fs::path state = request.output / trainingStateFile;
    std::error_code ignored;
    if (request.mode == TrainingMode::Resume && fs::exists(state, ignored))
        restoreTrainingState(state, fingerprint, trainer);
    createOutput(request.output); // last, so that what is refused leaves nothing behind
    Writer writer(request, source, network, trainer, fingerprint);
    const TrainerEvents events{[&] { writer.saveStateIfDue(); }, [&] { writer.saveModel(); },
                               [&] { writer.saveState(); }};
    try {
        trainer.run(progress, events);
    } catch (const Cancelled &) {
        writer.saveState();
        throw;
    } catch (const Error &) {
        if (trainer.report().steps == 0)
            fs::remove(request.output, ignored); // where nothing is in it
        throw;
    }
    if (source.data.dev.empty() && source.data.text.dev.empty())
        writer.saveModel();
    fs::remove(state, ignored);
    return trainer.report();
}

} // namespace

TrainingReport train(const TrainRequest &request, Progress &progress)
{
    return translatingTorchErrors([&] {
        startComputing(request.options.threads);
        TrainingSource source = openTrainingSource(request, progress);
        return trainOpened(request, source, progress);
    });
}

} // namespace pare

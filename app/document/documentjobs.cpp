// The long work: measuring, its progress, and what becomes of its results.
#include "core/base/error.h"
#include "core/experiment/distill.h"
#include "core/experiment/exporting.h"
#include "core/model/training.h"
#include "core/network/computing.h"
#include "core/project/project.h"
#include "core/project/trainedweights.h"
#include "core/search/whatif.h"
#include "core/text/datasource.h"

#include "app/document/commandtext.h"
#include "app/document/document.h"
#include "app/document/documentplan.h"
#include "app/document/documentworker.h"
#include "app/document/forecaster.h"
#include "app/document/messages.h"

#include <fmt/format.h>

#include <QMetaObject>
#include <QPointer>
#include <algorithm>
#include <chrono>

namespace pare {

namespace {

constexpr std::chrono::milliseconds betweenForecasts{1500}; ///< while a sweep goes on

/// "dev.tsv" of a path; names of installed data stay as they are.
std::string fileName(const std::string &source)
{
    return isBuiltIn(source) ? source : std::filesystem::path(source).filename().string();
}

} // namespace

Document::Document(QObject *parent)
    : QObject(parent)
    , m_forecaster(std::make_shared<Forecaster>())
    , m_worker(std::make_shared<Worker>())
    , m_jobs(std::make_unique<JobRunner>(
          [](Lane lane) { startComputing(lane == Lane::Look ? 1 : 0); }))
{
    m_askedTimer.setSingleShot(true);
    m_askedTimer.setInterval(betweenForecasts);
    connect(&m_askedTimer, &QTimer::timeout, this, &Document::followAsking);
}

Document::~Document() = default;

QString Document::asCommand() const
{
    return commandFor(m_choices.recipe());
}

QString Document::commandFor(const Recipe &recipe) const
{
    return commandText(commandParts(recipe), recipe);
}

CommandParts Document::commandParts(const Recipe &recipe) const
{
    CommandParts parts;
    parts.model = m_choices.modelPath;
    parts.data = m_choices.dataPath;
    if (calibratedTechnique(recipe))
        parts.calibration = m_choices.calibrationPath;
    parts.calibrationExamples = m_choices.calibrationExamples;
    if (recipe.training)
        parts.train = m_choices.calibrationPath;
    parts.threads = m_choices.threads;
    parts.seed = m_choices.seed;
    return parts;
}

QString Document::commandOf(const Run &run)
{
    if (run.distillation)
        return {};
    return commandText({run.modelPath, run.dataPath, run.calibrationPath, run.calibrationExamples,
                        run.trainPath, run.devPath, run.threads, run.seed},
                       run.recipe);
}

void Document::measure()
{
    if (m_modelState != ModelState::Open)
        Q_EMIT failed(message(messages::documentNoModel));
    else if (m_choices.dataPath.empty())
        Q_EMIT failed(message(messages::documentNoData));
    else if (m_plan.error)
        Q_EMIT failed(*m_plan.error);
    else if (const TechniqueInfo *technique = uncalibratedTechnique())
        Q_EMIT failed(message(messages::documentNoCalibration, technique->id));
    else if (const Run *measured = currentRun()) {
        bringBack(measured->id);
        Q_EMIT runFinished(QString::fromStdString(measured->id));
    } else if (!isReadOnly()) {
        if (const auto &data = dataState(DataUse::Measuring).chosen; data && data->error) {
            dataLook(DataUse::Measuring).read.reset(); // they may have been mended
            lookAtData(DataUse::Measuring);
            m_identity.data.clear();
            identify();
        }
        enqueue(m_choices.recipe(), nameParts(m_plan.recipe));
    }
}

ExperimentOptions Document::experimentOptions(const Recipe &recipe)
{
    ExperimentOptions options;
    options.model = m_choices.modelPath;
    options.data = m_choices.dataPath;
    options.seed = m_choices.seed;
    options.threads = m_choices.threads;
    if (calibratedTechnique(recipe)) {
        options.calibration = m_choices.calibrationPath;
        options.calibrationExamples = m_choices.calibrationExamples;
    }
    if (recipe.training) {
        options.train = m_choices.calibrationPath;
        options.told = trainingReceiver();
    }
    return options;
}

/// `otherData`: of the run alone; empty: those that are chosen.
void Document::enqueue(const Recipe &recipe, const NameParts &name, const std::string &otherData)
{
    struct Result
    {
        std::optional<Run> run;
        RunAnswers answers;
    };
    const auto result = std::make_shared<Result>();
    ExperimentOutputs outputs;
    if (m_project)
        outputs.trained = trainedWeightsFolder(m_project->path());
    outputs.measured = [result](const Run &, const RunAnswers &answers) {
        result->answers = answers;
    };
    Work work;
    ExperimentOptions options = experimentOptions(recipe);
    CommandParts parts = commandParts(recipe);
    work.title = message(messages::documentMeasuring, text(name));
    if (!otherData.empty()) {
        options.data = parts.data = otherData;
        work.title = message(messages::documentMeasuringOn, text(name), fileName(otherData));
    }
    work.name = name;
    work.command = commandText(parts, recipe);
    work.run = [worker = m_worker, options, recipe, outputs, result,
                runs = m_runsForForecast](Progress &progress) {
        Experiment &experiment = worker->opened(options, recipe, progress);
        ExperimentOutputs withPrediction = outputs;
        if (runs)
            withPrediction.prediction = predictedBeforehand(experiment, *runs, recipe);
        result->run = experiment.run(recipe, progress, withPrediction);
    };
    work.ended = [this, result, elsewhere = !otherData.empty()](const JobOutcome &) {
        if (!result->run)
            return;
        storeRun(*result->run, result->answers);
        if (elsewhere)
            Q_EMIT measuredElsewhere(QString::fromStdString(result->run->id));
    };
    startWork(std::move(work));
}

/// Told on the job's thread, a few times a second at most; hands it on to this one.
std::function<void(const TrainingRecord &)> Document::trainingReceiver()
{
    const auto last = std::make_shared<std::chrono::steady_clock::time_point>();
    return [self = QPointer<Document>(this), last](const TrainingRecord &record) {
        const auto now = std::chrono::steady_clock::now();
        const bool evaluated =
            !record.evaluations.empty() && record.evaluations.back().step == record.steps;
        if (!evaluated && now - *last < std::chrono::milliseconds(200))
            return;
        *last = now;
        QMetaObject::invokeMethod(
            self,
            [self, record] {
                self->m_training = record;
                Q_EMIT self->trainingChanged();
            },
            Qt::QueuedConnection);
    };
}

void Document::teach(const TeachRequest &request)
{
    if (m_modelState != ModelState::Open) {
        Q_EMIT failed(message(messages::documentNoModel));
        return;
    }
    DistillRequest distillation;
    const bool understood = attempt([&] {
        distillation.teacher = m_choices.modelPath;
        distillation.student = request.student;
        distillation.method = parsedMethod(request.method);
        if (request.student.empty()) {
            distillation.recipe = m_choices.recipe();
            distillation.recipe.training.reset();
        }
        distillation.layerMap = request.layerMap;
        distillation.data = m_choices.calibrationPath;
        distillation.calibration = m_choices.calibrationPath;
        distillation.corpus = request.text;
        distillation.dev = request.development;
        distillation.output = request.output;
        distillation.measuredOn = m_choices.dataPath;
        distillation.options.epochs = request.epochs;
        distillation.options.seed = m_choices.seed;
        distillation.options.threads = m_choices.threads;
        distillation.options.told = trainingReceiver();
        if (m_project)
            distillation.trained = trainedWeightsFolder(m_project->path());
    });
    if (!understood)
        return;
    const auto report = std::make_shared<std::optional<DistillReport>>();
    Work work;
    work.title = message(messages::documentTeaching, request.method);
    work.command = QStringLiteral("distill ") + QString::fromStdString(request.output);
    work.run = [report, distillation, threads = m_choices.threads](Progress &progress) {
        *report = distill(distillation, progress);
        startComputing(threads);
    };
    work.ended = [this, report](const JobOutcome &) {
        if (*report && (*report)->run)
            storeRun(*(*report)->run, (*report)->answers);
    };
    startWork(std::move(work));
}

bool Document::isTeaching() const
{
    return std::ranges::any_of(m_active, [](const ActiveJob &job) {
        return job.work->command.startsWith(QStringLiteral("distill "));
    });
}

std::optional<std::uint64_t> Document::searchJob() const
{
    const auto found = std::ranges::find_if(m_active, [](const ActiveJob &job) {
        return job.work->command.startsWith(QStringLiteral("search "));
    });
    return found == m_active.end() ? std::nullopt
                                   : std::optional(static_cast<std::uint64_t>(found->id));
}

std::optional<Message> Document::exportProblem(const std::string &run,
                                               const std::string &folder) const
{
    const Run *finished = findRun(run);
    try {
        checkExportFolder(finished ? finished->modelPath : m_choices.modelPath, folder);
    } catch (const Error &error) {
        return error.message();
    }
    return std::nullopt;
}

void Document::exportModel(const std::string &run, const ExportRequest &request)
{
    if (m_modelState != ModelState::Open) {
        Q_EMIT failed(message(messages::documentNoModel));
        return;
    }
    const Run *finished = findRun(run);
    const Recipe recipe = finished ? finished->recipe : m_choices.recipe();
    const auto kept = std::make_shared<std::optional<KeptExport>>();
    ExportTarget target{request.folder, request.format, request.dtype};
    target.checked = [kept, run, folder = target.folder](const ExportRecord &record) {
        *kept = keptExport(record, folder, run);
    };
    if (request.verify)
        target.verify = finished ? finished->dataPath : m_choices.dataPath;
    Work work;
    work.name = nameParts(recipe);
    work.title = message(messages::documentExporting, text(work.name));
    work.command = QStringLiteral("export ") + QString::fromStdString(request.folder);
    work.run = [target, recipe, run = finished ? std::optional(*finished) : std::nullopt,
                options = experimentOptions(recipe), threads = m_choices.threads,
                trained = m_project ? trainedWeightsFolder(m_project->path())
                                    : std::filesystem::path()](Progress &progress) {
        if (run)
            exportRun(*run, target, progress, trained);
        else
            pare::exportModel(options, recipe, target, progress);
        startComputing(threads); // a run's own number was used
    };
    work.ended = [this, kept](const JobOutcome &outcome) {
        if (!*kept)
            return; // it did not come to a file
        storeExport(**kept);
        const ExportRecord &record = (*kept)->record;
        if (const Parity parity = record.parity.value_or(Parity()); parity.examples > 0)
            m_job.figure = inWords(parity);
        if (outcome.result == JobResult::Finished)
            Q_EMIT exported(QString::fromStdString((*kept)->file), record);
    };
    startWork(std::move(work));
}

void Document::storeExport(const KeptExport &kept)
{
    if (!m_project || isReadOnly())
        return;
    attempt([&] {
        m_project->appendExport(kept);
        m_exports = lastOfEachFile(m_project->exports());
    });
    Q_EMIT runsChanged();
}

void Document::storeRun(const Run &run, const RunAnswers &answers)
{
    const bool stored = attempt([&] {
        if (m_project->appendRun(run, answers))
            m_runs.push_back(run);
    });
    if (!stored)
        return;
    m_runsForForecast = std::make_shared<const std::vector<Run>>(m_runs);
    updateForecast();
    Q_EMIT runsChanged();
    Q_EMIT runFinished(QString::fromStdString(run.id));
}

} // namespace pare

// The long work: measuring, its progress, and what becomes of its results.
#include "core/experiment/experiment.h"
#include "core/network/computing.h"
#include "core/project/project.h"
#include "core/project/trainedweights.h"

#include "app/document/document.h"
#include "app/document/documentplan.h"
#include "app/document/messages.h"

#include <QMetaObject>
#include <algorithm>
#include <ranges>

namespace pare {

namespace {

QString quoted(const std::string &argument)
{
    QString text = QString::fromStdString(argument);
    return "'" + text.replace("'", "'\\''") + "'";
}

struct CommandParts
{
    std::string model, data, calibration;
    int calibrationExamples = 0;
    std::string train = {}, dev = {};
    int threads = 0;
    std::uint64_t seed = 0;
};

QString commandText(const CommandParts &parts, const Recipe &recipe)
{
    QString command = "pare run " + quoted(parts.model);
    const auto add = [&](const char *option, const std::string &value) {
        if (!value.empty())
            command += QString(" %1 %2").arg(option, quoted(value));
    };
    add("--data", parts.data);
    add("--calibration", parts.calibration);
    if (!parts.calibration.empty())
        command += QString(" --calibration-examples %1").arg(parts.calibrationExamples);
    add("--train", parts.train);
    add("--dev", parts.dev);
    for (const Step &step : recipe.allSteps())
        add("--step", step.text());
    if (parts.threads > 0)
        command += QString(" --threads %1").arg(parts.threads);
    if (parts.seed > 0)
        command += QString(" --seed %1").arg(parts.seed);
    return command;
}

} // namespace

/// What stays between two runs of the same model and data; made, used and destroyed on the Work
/// lane.
struct Document::Worker
{
    ExperimentOptions options;
    std::unique_ptr<Experiment> experiment;

    /// What nobody looks at may differ, so that the original is not measured again for it.
    bool sameCalibration(const ExperimentOptions &wanted, const Recipe &recipe) const
    {
        return !calibratedTechnique(recipe) ||
               (wanted.calibration == options.calibration &&
                wanted.calibrationExamples == options.calibrationExamples);
    }

    Run run(const ExperimentOptions &wanted, const Recipe &recipe, const ExperimentOutputs &outputs,
            Progress &progress)
    {
        const bool same = experiment && wanted.model == options.model &&
                          wanted.data == options.data && wanted.seed == options.seed &&
                          wanted.threads == options.threads && sameCalibration(wanted, recipe) &&
                          (!recipe.training || wanted.train == options.train);
        if (!same) {
            experiment.reset();
            experiment = std::make_unique<Experiment>(wanted, progress);
            options = wanted;
        }
        return experiment->run(recipe, progress, outputs);
    }
};

/// What a job leaves.
struct Document::Result
{
    std::optional<Run> run;
    RunAnswers answers;
};

Document::Document(QObject *parent)
    : QObject(parent)
    , m_worker(std::make_shared<Worker>())
    , m_jobs(std::make_unique<JobRunner>(
          [](Lane lane) { startComputing(lane == Lane::Look ? 1 : 0); }))
{}

Document::~Document() = default;

QString Document::asCommand() const
{
    return commandFor(m_choices.recipe());
}

QString Document::commandFor(const Recipe &recipe) const
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
    return commandText(parts, recipe);
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
    } else if (!isReadOnly())
        enqueue(m_choices.recipe(), shortName(m_plan.recipe));
}

void Document::enqueue(const Recipe &recipe, const std::string &title)
{
    const QString command = commandFor(recipe);
    if (std::ranges::find(m_active, command, &ActiveJob::command) != m_active.end())
        return;
    ExperimentOptions options;
    options.model = m_choices.modelPath;
    options.data = m_choices.dataPath;
    options.seed = m_choices.seed;
    options.threads = m_choices.threads;
    if (calibratedTechnique(recipe)) {
        options.calibration = m_choices.calibrationPath;
        options.calibrationExamples = m_choices.calibrationExamples;
    }
    if (recipe.training)
        options.train = m_choices.calibrationPath;
    ExperimentOutputs outputs;
    if (m_project)
        outputs.trained = trainedWeightsFolder(m_project->path());
    const auto result = std::make_shared<Result>();
    outputs.measured = [result](const Run &, const RunAnswers &answers) {
        result->answers = answers;
    };
    LongJob job;
    job.title = message(messages::documentMeasuring, title);
    job.command = command;
    job.work = [worker = m_worker, options, recipe, outputs, result](Progress &progress) {
        result->run = worker->run(options, recipe, outputs, progress);
    };
    job.ended = [this, result](const JobOutcome &) {
        if (result->run)
            storeRun(*result->run, result->answers);
    };
    enqueue(std::move(job));
}

void Document::enqueue(LongJob wanted)
{
    if (std::ranges::find(m_active, wanted.command, &ActiveJob::command) != m_active.end())
        return;
    const auto id = std::make_shared<JobId>();
    const auto queued = [this](auto call) {
        QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
    };
    Job job;
    job.work = std::move(wanted.work);
    job.progressed = [this, queued, id, title = wanted.title](const ProgressReport &report) {
        queued([this, id, title, report] { jobProgressed(*id, title, report); });
    };
    job.ended = [this, queued, id, finished = wanted.finished,
                 ended = std::move(wanted.ended)](const JobOutcome &outcome) {
        queued([this, id, finished, ended, outcome] {
            if (std::erase_if(m_active, [&](const ActiveJob &job) { return job.id == *id; }) == 0)
                return; // cancelled by a change of project; its result belongs to nobody
            jobEnded(finished, outcome);
            ended(outcome);
            Q_EMIT jobChanged();
            if (outcome.error)
                Q_EMIT failed(outcome.error->message());
        });
    };
    *id = m_jobs->start(Lane::Work, std::move(job));
    m_active.push_back({*id, wanted.command});
    m_job.waiting = m_active.size() - 1;
    if (m_active.size() == 1) {
        m_job = {};
        m_job.state = JobStatus::State::Running;
        m_job.title = wanted.title;
        m_jobStarted = std::chrono::steady_clock::now();
    }
    Q_EMIT jobChanged();
}

void Document::jobProgressed(JobId id, const Message &title, const ProgressReport &report)
{
    if (std::ranges::find(m_active, id, &ActiveJob::id) == m_active.end())
        return;
    m_job.state = JobStatus::State::Running;
    m_job.title = title;
    if (!report.what.empty() && report.what.text() != m_job.what.text()) {
        m_job.what = report.what;
        m_jobStarted = std::chrono::steady_clock::now();
    }
    m_job.figure = report.figure;
    m_job.done = report.done;
    m_job.total = report.total;
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - m_jobStarted).count();
    const bool known = report.total > 0 && report.done > 0 && seconds > 0.3;
    m_job.secondsLeft = known ? seconds * static_cast<double>(report.total - report.done) /
                                    static_cast<double>(report.done)
                              : -1;
    Q_EMIT jobChanged();
}

void Document::jobEnded(const Message &finished, const JobOutcome &outcome)
{
    m_job.waiting = m_active.empty() ? 0 : m_active.size() - 1;
    m_job.state = outcome.result == JobResult::Finished    ? JobStatus::State::Finished
                  : outcome.result == JobResult::Cancelled ? JobStatus::State::Cancelled
                                                           : JobStatus::State::Failed;
    m_job.finished = finished;
    m_job.error = outcome.error ? std::optional(outcome.error->message()) : std::nullopt;
    m_job.secondsLeft = -1;
}

void Document::storeRun(const Run &run, const RunAnswers &answers)
{
    const bool stored = attempt([&] {
        if (m_project->appendRun(run, answers))
            m_runs.push_back(run);
    });
    if (!stored)
        return;
    Q_EMIT runsChanged();
    Q_EMIT runFinished(QString::fromStdString(run.id));
}

void Document::cancel()
{
    for (const ActiveJob &job : m_active | std::views::reverse) // or the next would begin
        m_jobs->cancel(job.id);
}

} // namespace pare

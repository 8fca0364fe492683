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
    QString command = "pare run " + quoted(m_choices.modelPath);
    if (!m_choices.dataPath.empty())
        command += " --data " + quoted(m_choices.dataPath);
    if (calibratedTechnique(recipe) && !m_choices.calibrationPath.empty()) {
        command += " --calibration " + quoted(m_choices.calibrationPath);
        command += QString(" --calibration-examples %1").arg(m_choices.calibrationExamples);
    }
    if (recipe.training && !m_choices.calibrationPath.empty())
        command += " --train " + quoted(m_choices.calibrationPath);
    for (const Step &step : recipe.allSteps())
        command += " --step " + quoted(step.text());
    if (m_choices.threads > 0)
        command += QString(" --threads %1").arg(m_choices.threads);
    if (m_choices.seed > 0)
        command += QString(" --seed %1").arg(m_choices.seed);
    return command;
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
    else if (currentRun())
        Q_EMIT runFinished(QString::fromStdString(currentRun()->id));
    else if (!isReadOnly())
        enqueue(m_choices.recipe(), nameParts(m_plan.recipe));
}

void Document::enqueue(const Recipe &recipe, const NameParts &name)
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
    const auto id = std::make_shared<JobId>();
    const auto result = std::make_shared<Result>();
    outputs.measured = [result](const Run &, const RunAnswers &answers) {
        result->answers = answers;
    };
    const auto queued = [this](auto call) {
        QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
    };
    Job job;
    job.work = [worker = m_worker, options, recipe, outputs, result](Progress &progress) {
        result->run = worker->run(options, recipe, outputs, progress);
    };
    job.progressed = [this, queued, id, name](const ProgressReport &report) {
        queued([this, id, name, report] { jobProgressed(*id, name, report); });
    };
    job.ended = [this, queued, id, result](const JobOutcome &outcome) {
        queued([this, id, result, outcome] { jobEnded(*id, *result, outcome); });
    };
    *id = m_jobs->start(Lane::Work, std::move(job));
    m_active.push_back({*id, command});
    m_job.waiting = m_active.size() - 1;
    if (m_active.size() == 1) {
        m_job = {};
        m_job.state = JobStatus::State::Running;
        m_job.title = message(messages::documentMeasuring, text(name));
        m_job.name = name;
        m_jobStarted = std::chrono::steady_clock::now();
    }
    Q_EMIT jobChanged();
}

void Document::jobProgressed(JobId id, const NameParts &name, const ProgressReport &report)
{
    if (std::ranges::find(m_active, id, &ActiveJob::id) == m_active.end())
        return;
    m_job.state = JobStatus::State::Running;
    m_job.title = message(messages::documentMeasuring, text(name));
    m_job.name = name;
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

void Document::jobEnded(JobId id, const Result &result, const JobOutcome &outcome)
{
    if (std::erase_if(m_active, [id](const ActiveJob &job) { return job.id == id; }) == 0)
        return; // cancelled by a change of project; its result belongs to nobody
    m_job.waiting = m_active.empty() ? 0 : m_active.size() - 1;
    m_job.state = outcome.result == JobResult::Finished    ? JobStatus::State::Finished
                  : outcome.result == JobResult::Cancelled ? JobStatus::State::Cancelled
                                                           : JobStatus::State::Failed;
    m_job.error = outcome.error ? std::optional(outcome.error->message()) : std::nullopt;
    m_job.secondsLeft = -1;
    if (result.run)
        storeRun(*result.run, result.answers);
    Q_EMIT jobChanged();
    if (outcome.error)
        Q_EMIT failed(outcome.error->message());
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

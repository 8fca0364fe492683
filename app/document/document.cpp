#include "core/checkpoint/checkpoint.h"
#include "core/compression/plan.h"
#include "core/experiment/demo.h"
#include "core/experiment/experiment.h"
#include "core/network/computing.h"
#include "core/project/project.h"
#include "core/text/datasource.h"

#include "app/document/document.h"
#include "app/document/messages.h"
#include "core/base/files.h"

#include <QDateTime>
#include <QDir>
#include <QMetaObject>
#include <QStandardPaths>
#include <algorithm>
#include <ranges>

namespace pare {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestRecipe = 16u << 20;

std::string bytesOf(const QString &text)
{
    return text.toUtf8().toStdString();
}

QString quoted(const std::string &argument)
{
    QString text = QString::fromStdString(argument);
    return "'" + text.replace("'", "'\\''") + "'";
}

QString newProjectPath()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir().mkpath(folder);
    return folder + "/" + QDateTime::currentDateTime().toString("yyyy-MM-dd hh-mm-ss-zzz") +
           ".pare";
}

} // namespace

/// What stays between two runs of the same model and data; made, used and destroyed on the Work
/// lane.
struct Document::Worker
{
    ExperimentOptions options;
    std::unique_ptr<Experiment> experiment;

    Run run(const ExperimentOptions &wanted, const Recipe &recipe, Progress &progress)
    {
        const bool same = experiment && wanted.model == options.model &&
                          wanted.data == options.data && wanted.seed == options.seed &&
                          wanted.threads == options.threads;
        if (!same) {
            experiment.reset();
            experiment = std::make_unique<Experiment>(wanted, progress);
            options = wanted;
        }
        return experiment->run(recipe, progress);
    }
};

Document::Document(QObject *parent)
    : QObject(parent)
    , m_worker(std::make_shared<Worker>())
    , m_jobs(std::make_unique<JobRunner>(
          [](Lane lane) { startComputing(lane == Lane::Look ? 1 : 0); }))
{}

Document::~Document() = default;

/// Runs an intention; whatever it throws is told by failed(). False then.
template <class Work>
bool Document::attempt(Work work)
{
    try {
        work();
        return true;
    } catch (const Error &error) {
        Q_EMIT failed(error.message());
        return false;
    }
}

bool Document::isReadOnly() const
{
    return m_project && m_project->access() == Access::ReadOnly;
}

QString Document::projectPath() const
{
    return m_project ? QString::fromStdString(m_project->path().string()) : QString();
}

const Run *Document::findRun(const std::string &id) const
{
    const auto found = std::ranges::find(m_runs, id, &Run::id);
    return found == m_runs.end() ? nullptr : &*found;
}

bool Document::canUndo() const
{
    return m_project && !isReadOnly() && m_project->canUndo();
}

bool Document::canRedo() const
{
    return m_project && !isReadOnly() && m_project->canRedo();
}

QString Document::asCommand() const
{
    return commandFor(m_choices.recipe());
}

QString Document::commandFor(const Recipe &recipe) const
{
    QString command = "pare run " + quoted(m_choices.modelPath);
    if (!m_choices.dataPath.empty())
        command += " --data " + quoted(m_choices.dataPath);
    for (const Step &step : recipe.steps)
        command += " --step " + quoted(step.text());
    if (m_choices.threads > 0)
        command += QString(" --threads %1").arg(m_choices.threads);
    if (m_choices.seed > 0)
        command += QString(" --seed %1").arg(m_choices.seed);
    return command;
}

void Document::useProject(std::unique_ptr<Project> project)
{
    cancel();
    m_demoWanted = false;
    m_active.clear(); // what is still running belongs to the project before
    m_job = {};
    m_project = std::move(project);
    m_runs = m_project->runs();
    m_choices = m_project->currentChoices();
    Q_EMIT projectChanged();
    Q_EMIT runsChanged();
    loadModel();
    Q_EMIT choicesChanged();
}

void Document::openProject(const QString &path)
{
    attempt([&] {
        const fs::path file = bytesOf(path);
        std::error_code ignored;
        if (!fs::exists(file, ignored)) {
            useProject(std::make_unique<Project>(Project::create(file)));
            return;
        }
        try {
            useProject(std::make_unique<Project>(Project::open(file, Access::ReadWrite)));
        } catch (const Error &error) {
            if (error.kind() != ErrorKind::Busy)
                throw;
            useProject(std::make_unique<Project>(Project::open(file, Access::ReadOnly)));
            Q_EMIT failed(message(messages::documentReadOnly, file.filename()));
        }
    });
}

void Document::openModel(const QString &path)
{
    if (!m_project || isReadOnly()) {
        const bool made = attempt([&] {
            useProject(std::make_unique<Project>(Project::create(bytesOf(newProjectPath()))));
        });
        if (!made)
            return;
    }
    Choices choices = m_choices;
    std::error_code ignored;
    choices.modelPath = fs::absolute(bytesOf(path), ignored).lexically_normal().string();
    changeChoices(std::move(choices));
}

void Document::setData(const QString &pathOrSource)
{
    Choices choices = m_choices;
    const std::string source = bytesOf(pathOrSource);
    std::error_code ignored;
    choices.dataPath =
        isBuiltIn(source) ? source : fs::absolute(source, ignored).lexically_normal().string();
    changeChoices(std::move(choices));
}

void Document::saveCopy(const QString &path)
{
    if (m_project)
        attempt([&] { m_project->copyTo(bytesOf(path)); });
}

void Document::openDemo(const QString &path)
{
    openProject(path);
    if (!m_project)
        return;
    const bool found = attempt([&] {
        Choices choices = m_choices;
        choices.modelPath = demoModel().string();
        choices.dataPath = demoData;
        changeChoices(std::move(choices));
    });
    if (!found || isReadOnly())
        return;
    m_demoWanted = true;
    continueDemo();
}

/// What is measured already is known by its id, so that this waits for the hashes of model and
/// data.
void Document::continueDemo()
{
    if (!m_demoWanted || m_identity.model.empty() || m_identity.data.empty())
        return;
    m_demoWanted = false;
    attempt([&] {
        for (const Recipe &recipe : demoRecipes()) {
            if (!findRun(idOf(pare::plan(recipe, m_description).recipe)))
                enqueue(recipe, shortName(recipe));
        }
    });
}

void Document::close()
{
    cancel();
    m_active.clear();
    m_job = {};
    m_project.reset();
    m_runs.clear();
    applyChoices({});
    Q_EMIT projectChanged();
    Q_EMIT runsChanged();
}

void Document::changeChoices(Choices choices)
{
    if (!m_project || isReadOnly() || choices == m_choices)
        return;
    if (attempt([&] { m_project->appendRevision(choices); }))
        applyChoices(std::move(choices));
}

void Document::applyChoices(Choices choices)
{
    const bool otherModel = choices.modelPath != m_choices.modelPath;
    const bool otherData = choices.dataPath != m_choices.dataPath;
    m_choices = std::move(choices);
    if (otherModel) {
        loadModel();
    } else {
        if (otherData)
            identify();
        updatePlan();
    }
    Q_EMIT choicesChanged();
}

void Document::setSteps(std::vector<ChosenStep> steps)
{
    Choices choices = m_choices;
    choices.steps = std::move(steps);
    changeChoices(std::move(choices));
}

void Document::addStep(const Step &step)
{
    attempt([&] {
        std::vector<ChosenStep> steps = m_choices.steps;
        steps.push_back({checked(step), true});
        setSteps(std::move(steps));
    });
}

void Document::replaceStep(std::size_t index, const Step &step)
{
    attempt([&] {
        std::vector<ChosenStep> steps = m_choices.steps;
        steps.at(index).step = checked(step);
        setSteps(std::move(steps));
    });
}

void Document::removeStep(std::size_t index)
{
    std::vector<ChosenStep> steps = m_choices.steps;
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(index));
    setSteps(std::move(steps));
}

void Document::setStepEnabled(std::size_t index, bool enabled)
{
    std::vector<ChosenStep> steps = m_choices.steps;
    steps.at(index).enabled = enabled;
    setSteps(std::move(steps));
}

void Document::addRecipeFile(const QString &path)
{
    attempt([&] {
        const std::string file = bytesOf(path);
        std::vector<ChosenStep> steps = m_choices.steps;
        for (const Step &step : checked(recipeFromJson(readFile(file, largestRecipe), file)).steps)
            steps.push_back({step, true});
        setSteps(std::move(steps));
    });
}

void Document::restoreRun(const std::string &id)
{
    const Run *run = findRun(id);
    if (!run)
        return;
    std::vector<ChosenStep> steps;
    for (const Step &step : run->recipe.steps)
        steps.push_back({step, true});
    setSteps(std::move(steps));
}

void Document::setThreads(int threads)
{
    Choices choices = m_choices;
    choices.threads = threads;
    changeChoices(std::move(choices));
}

void Document::setSeed(std::uint64_t seed)
{
    Choices choices = m_choices;
    choices.seed = seed;
    changeChoices(std::move(choices));
}

void Document::undo()
{
    if (canUndo())
        attempt([&] { applyChoices(m_project->undo()); });
}

void Document::redo()
{
    if (canRedo())
        attempt([&] { applyChoices(m_project->redo()); });
}

void Document::measure()
{
    if (m_modelState != ModelState::Open)
        Q_EMIT failed(message(messages::documentNoModel));
    else if (m_choices.dataPath.empty())
        Q_EMIT failed(message(messages::documentNoData));
    else if (m_plan.error)
        Q_EMIT failed(*m_plan.error);
    else if (currentRun())
        Q_EMIT runFinished(QString::fromStdString(currentRun()->id));
    else if (!isReadOnly())
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
    const auto id = std::make_shared<JobId>();
    const auto run = std::make_shared<std::optional<Run>>();
    const auto queued = [this](auto call) {
        QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
    };
    Job job;
    job.work = [worker = m_worker, options, recipe, run](Progress &progress) {
        *run = worker->run(options, recipe, progress);
    };
    job.progressed = [this, queued, id, title](const ProgressReport &report) {
        queued([this, id, title, report] { jobProgressed(*id, title, report); });
    };
    job.ended = [this, queued, id, run](const JobOutcome &outcome) {
        queued([this, id, run, outcome] { jobEnded(*id, *run, outcome); });
    };
    *id = m_jobs->start(Lane::Work, std::move(job));
    m_active.push_back({*id, command});
    m_job.waiting = m_active.size() - 1;
    if (m_active.size() == 1) {
        m_job = {};
        m_job.state = JobStatus::State::Running;
        m_job.title = message(messages::documentMeasuring, title);
        m_jobStarted = std::chrono::steady_clock::now();
    }
    Q_EMIT jobChanged();
}

void Document::jobProgressed(JobId id, const std::string &title, const ProgressReport &report)
{
    if (std::ranges::find(m_active, id, &ActiveJob::id) == m_active.end())
        return;
    m_job.state = JobStatus::State::Running;
    m_job.title = message(messages::documentMeasuring, title);
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

void Document::jobEnded(JobId id, const std::optional<Run> &run, const JobOutcome &outcome)
{
    if (std::erase_if(m_active, [id](const ActiveJob &job) { return job.id == id; }) == 0)
        return; // cancelled by a change of project; its result belongs to nobody
    m_job.waiting = m_active.empty() ? 0 : m_active.size() - 1;
    m_job.state = outcome.result == JobResult::Finished    ? JobStatus::State::Finished
                  : outcome.result == JobResult::Cancelled ? JobStatus::State::Cancelled
                                                           : JobStatus::State::Failed;
    m_job.error = outcome.error ? std::optional(outcome.error->message()) : std::nullopt;
    m_job.secondsLeft = -1;
    if (run)
        storeRun(*run);
    Q_EMIT jobChanged();
    if (outcome.error)
        Q_EMIT failed(outcome.error->message());
}

void Document::storeRun(const Run &run)
{
    const bool stored = attempt([&] {
        if (m_project->appendRun(run))
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

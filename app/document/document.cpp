#include "core/checkpoint/checkpoint.h"
#include "core/compression/plan.h"
#include "core/experiment/demo.h"
#include "core/experiment/weightinputs.h"
#include "core/project/project.h"
#include "core/project/runpoints.h"
#include "core/text/datasource.h"

#include "app/document/document.h"
#include "app/document/messages.h"
#include "core/base/files.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

namespace pare {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestRecipe = 16u << 20;

std::string bytesOf(const QString &text)
{
    return text.toUtf8().toStdString();
}

/// "demo.pare", else "demo 2.pare" and so on: what is not there yet.
QString newProjectPath(const QString &model)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
                           QStringLiteral("/projects");
    QDir().mkpath(folder);
    const QString name = folder + '/' + (model.isEmpty() ? QStringLiteral("model") : model);
    QString path = name + QStringLiteral(".pare");
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = QStringLiteral("%1 %2.pare").arg(name).arg(number);
    return path;
}

} // namespace

QString modelTitle(const std::string &path)
{
    if (path.empty())
        return {};
    const QDir folder(QString::fromStdString(path)); // whatever stands at its end
    const QFileInfo model(folder.absolutePath());
    if (!model.isFile())
        return folder.dirName();
    // As a model's file is always called, its folder says more.
    const QString name = model.completeBaseName();
    return name == QStringLiteral("config") || name == QStringLiteral("model")
               ? model.dir().dirName()
               : name;
}

/// Runs an intention; whatever it throws is told by failed(). False then.
bool Document::attempt(const std::function<void()> &work)
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

std::vector<std::string> Document::models() const
{
    std::vector<std::string> paths;
    try {
        if (m_project)
            paths = m_project->models();
    } catch (const Error &) {
        return {}; // what a project cannot tell any more is told where it is written to
    }
    return paths;
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

void Document::useProject(std::unique_ptr<Project> project)
{
    cancel();
    m_demoWanted = false;
    forgetJobs();
    m_project = std::move(project);
    m_runs = m_project->runs();
    m_exports = lastOfEachFile(m_project->exports());
    m_runsForForecast = std::make_shared<const std::vector<Run>>(m_runs);
    readNotes();
    m_choices = m_project->currentChoices();
    forgetData();
    Q_EMIT projectChanged();
    Q_EMIT runsChanged();
    loadModel();
    lookAtData(DataUse::Measuring);
    lookAtData(DataUse::Calibration);
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
        }
    });
}

/// The open project, or a new one with the name of that model where there is none that can be written to.
bool Document::haveProject(const QString &model)
{
    if (m_project && !isReadOnly())
        return true;
    return attempt([&] {
        useProject(std::make_unique<Project>(Project::create(bytesOf(newProjectPath(model)))));
    });
}

void Document::openModel(const QString &path)
{
    if (!haveProject(modelTitle(path.toStdString())))
        return;
    Choices choices = m_choices;
    std::error_code ignored;
    choices.modelPath = fs::absolute(bytesOf(path), ignored).lexically_normal().string();
    attempt([&] {
        if (choices.modelPath != m_choices.modelPath)
            choices = m_project->lastChoicesOf(choices.modelPath).value_or(choices);
    });
    changeChoices(std::move(choices));
}

namespace {

/// Of a report's chosen runs, those that came with it; the one whose recipe belongs to the model
/// there is last, or else the first of them.
std::vector<const Run *> chosenOf(const std::vector<Run> &runs,
                                  const std::vector<std::string> &chosen,
                                  const std::string &modelPath)
{
    std::vector<const Run *> found;
    for (const std::string &id : chosen) {
        if (const auto run = std::ranges::find(runs, id, &Run::id); run != runs.end())
            found.push_back(&*run);
    }
    auto last = std::ranges::find_if(
        found, [&modelPath](const Run *run) { return run->modelPath == modelPath; });
    last = last == found.end() ? found.begin() : last;
    if (last != found.end())
        std::rotate(last, last + 1, found.end());
    return found;
}

bool isThere(const std::string &model)
{
    std::error_code ignored;
    return fs::exists(model, ignored);
}

bool isDataThere(const std::string &data)
{
    return isBuiltIn(data) || isThere(data);
}

} // namespace

void Document::importRuns(const std::vector<Run> &runs, const std::vector<std::string> &chosen,
                          const RunNotes &notes)
{
    if (runs.empty() || !haveProject(modelTitle(runs.front().modelPath)))
        return;
    attempt([&] {
        RunNotes said;
        for (const Run &run : runs) {
            if (!m_project->appendRun(run))
                continue;
            m_runs.push_back(run);
            if (const auto note = notes.find(run.id); note != notes.end())
                said.insert(*note);
        }
        if (!said.empty())
            m_project->setRunNotes(said);
        readNotes();
    });
    m_runsForForecast = std::make_shared<const std::vector<Run>>(m_runs);
    takeRecipes(chosenOf(runs, chosen, m_choices.modelPath), runs.front());
    Q_EMIT runsChanged();
}

/// The recipe of the last becomes the current one, those before it that of their models, to which they
/// come back when these are opened. Without any, `first` says what model and data may be.
void Document::takeRecipes(const std::vector<const Run *> &chosen, const Run &first)
{
    const Run &shown = chosen.empty() ? first : *chosen.back();
    Choices choices = m_choices;
    if (choices.modelPath.empty() && isThere(shown.modelPath))
        choices.modelPath = shown.modelPath;
    if (choices.dataPath.empty() && isDataThere(shown.dataPath))
        choices.dataPath = shown.dataPath;
    if (!chosen.empty())
        choices.steps = chosenSteps(shown.recipe);
    attempt([&] {
        for (const Run *run : chosen) {
            if (run == &shown || run->modelPath == choices.modelPath || !isThere(run->modelPath))
                continue;
            Choices others = choices;
            others.modelPath = run->modelPath;
            if (isDataThere(run->dataPath))
                others.dataPath = run->dataPath;
            others.steps = chosenSteps(run->recipe);
            if (!isReadOnly())
                m_project->appendRevision(others);
        }
        if (!isReadOnly() && m_project->appendRevision(choices))
            applyChoices(choices);
    });
}

void Document::setCalibrationExamples(int count)
{
    Choices choices = m_choices;
    choices.calibrationExamples = std::max(count, 1);
    changeChoices(std::move(choices));
}

void Document::saveCopy(const QString &path)
{
    if (m_project)
        attempt([&] { m_project->copyTo(bytesOf(path)); });
}

void Document::readCurve(const QString &path)
{
    const auto curve = std::make_shared<ProjectCurve>();
    curve->path = path.toStdString();
    startLook(
        [curve](Progress &) {
            for (const RunPoint &point : runPoints(curve->path))
                curve->points.emplace_back(point.bytes, point.value);
        },
        [this, curve](const JobOutcome &outcome) {
            if (outcome.result == JobResult::Finished)
                Q_EMIT curveRead(*curve);
        });
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
        choices.calibrationPath = demoCalibration;
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
                enqueue(recipe, nameParts(recipe));
        }
    });
}

void Document::close()
{
    cancel();
    forgetJobs();
    m_project.reset();
    m_runs.clear();
    m_exports.clear();
    m_runsForForecast = std::make_shared<const std::vector<Run>>();
    readNotes();
    forgetData();
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
    const bool otherCalibration = choices.calibrationPath != m_choices.calibrationPath;
    const bool otherTexts = textsOf(choices.recipe()) != textsOf(m_choices.recipe());
    m_choices = std::move(choices);
    if (otherData)
        m_identity.data.clear();
    if (otherCalibration)
        m_identity.calibration.clear();
    if (otherModel) {
        loadModel();
    } else {
        if (otherData || otherCalibration || otherTexts)
            identify();
        updatePlan();
    }
    if (otherModel || otherData)
        lookAtData(DataUse::Measuring);
    if (otherModel || otherCalibration)
        lookAtData(DataUse::Calibration);
    Q_EMIT choicesChanged();
}

void Document::setSteps(std::vector<ChosenStep> steps)
{
    Choices choices = m_choices;
    choices.steps = std::move(steps);
    changeChoices(std::move(choices));
}

void Document::addSteps(const std::vector<Step> &added)
{
    attempt([&] {
        std::vector<ChosenStep> steps = m_choices.steps;
        for (const Step &step : added) {
            const auto place = static_cast<std::ptrdiff_t>(placeOf(step, steps));
            steps.insert(steps.begin() + place, {checked(step), true});
        }
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
        addSteps(checked(recipeFromJson(readFile(file, largestRecipe), file)).allSteps());
    });
}

void Document::restoreRun(const std::string &id)
{
    const Run *run = findRun(id);
    if (!run)
        return;
    Choices choices = m_choices;
    choices.steps = chosenSteps(run->recipe);
    if (run->training && run->trainHash != m_identity.calibration)
        choices.calibrationPath = run->trainPath;
    if (!run->calibrationPath.empty()) { // or it would be another experiment
        if (run->calibrationHash != m_identity.calibration)
            choices.calibrationPath = run->calibrationPath;
        choices.calibrationExamples = run->calibrationExamples;
    }
    changeChoices(std::move(choices));
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
        attempt([&] { applyRevision(m_project->undo()); });
}

void Document::redo()
{
    if (canRedo())
        attempt([&] { applyRevision(m_project->redo()); });
}

/// What undo or redo led to: other choices, or other words about runs.
void Document::applyRevision(Choices choices)
{
    const RunNotes before = m_notes;
    readNotes();
    if (choices != m_choices)
        applyChoices(std::move(choices));
    if (m_notes != before)
        Q_EMIT runsChanged();
}

} // namespace pare

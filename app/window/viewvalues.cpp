#include "app/window/viewvalues.h"

#include "app/document/document.h"
#include "app/window/datavalues.h"
#include "core/model/training.h"
#include "core/training/plannedschedules.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QThread>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::MainWindow)
};

QString counted(std::int64_t number)
{
    return countText(number);
}

QString signedBytes(std::int64_t saved)
{
    return (saved < 0 ? QStringLiteral("+") : QStringLiteral("\u2212")) +
           bytesText(std::abs(saved));
}

/// The step without what the technique's defaults say anyway.
Step unusual(Step step)
{
    const TechniqueInfo *technique = findTechnique(step.technique);
    if (!technique)
        return step;
    for (const SettingInfo &setting : technique->settings) {
        const auto found = step.settings.find(std::string(setting.name));
        if (found != step.settings.end() && found->second == setting.defaultValue &&
            setting.requires_.empty())
            step.settings.erase(found);
    }
    if (step.layers == technique->defaultSelection)
        step.layers.clear();
    return step;
}

/// What a card says that a step does: nothing while it is switched off.
QString effectOf(const PlanSummary::StepSaving &saving)
{
    if (saving.layers == 0)
        return {};
    const QString layers =
        saving.layers == 1 ? Words::tr("1 layer") : Words::tr("%1 layers").arg(saving.layers);
    return Words::tr("%1 · %2").arg(layers, saving.bytes ? signedBytes(*saving.bytes)
                                                         : Words::tr("size known after measuring"));
}

StepCardData cardOf(const Step &step, const PlanSummary::StepSaving &saving)
{
    StepCardData card;
    card.title = atBeginning(translatedName(step));
    card.text = QString::fromStdString(unusual(step).text());
    card.exact = QString::fromStdString(step.text());
    if (const TechniqueInfo *technique = findTechnique(step.technique))
        card.family = technique->family;
    if (saving.error)
        card.error = translated(*saving.error);
    else if (card.family == Family::Training)
        card.effect = Words::tr("trains every layer");
    else
        card.effect = effectOf(saving);
    return card;
}

DataFieldData dataField(const QString &title, const std::string &path, const QString &purpose)
{
    DataFieldData field;
    DataChoiceData &choice = field.choice;
    choice.title = title;
    choice.chosen = path.empty() ? QString() : dataTitle(path);
    choice.help =
        path.empty() ? purpose : QString::fromStdString(path) + QStringLiteral("\n") + purpose;
    return field;
}

/// What the current recipe would be measured on, or a finished run was.
DataSectionData dataSection(const Document &document, const Shown &shown)
{
    const Choices &choices = document.choices();
    const bool finished = shown.finished;
    DataSectionData data;
    data.measuring = dataField(
        Words::tr("Measured on"), finished ? shown.run->dataPath : choices.dataPath,
        Words::tr("Labelled examples whose answers are counted: a TSV, CSV or JSON lines file."));
    const bool trains =
        finished ? shown.run->recipe.training.has_value() : choices.recipe().training.has_value();
    const std::string learnt = finished && shown.run->calibrationPath.empty() ? shown.run->trainPath
                               : finished ? shown.run->calibrationPath
                                          : choices.calibrationPath;
    data.calibration = dataField(
        trains ? Words::tr("Trained on") : Words::tr("Calibrated on"), learnt,
        Words::tr("Labelled examples that some techniques look at and that training learns, best "
                  "of those the model was trained on; never those it is measured on."));
    data.calibrationExamples =
        finished ? shown.run->calibrationExamples : choices.calibrationExamples;
    data.calibration.choice.removable = true;
    data.measuring.choice.suggestions = document.installedData(DataUse::Measuring);
    data.calibration.choice.suggestions = document.installedData(DataUse::Calibration);
    if (!finished) {
        tellData(data.measuring, document.dataState(DataUse::Measuring));
        tellData(data.calibration, document.dataState(DataUse::Calibration));
    }
    return data;
}

} // namespace

QString dataTitle(const std::string &path)
{
    return path.starts_with("wordnet:") ? QString::fromStdString(path)
                                        : QFileInfo(QString::fromStdString(path)).fileName();
}

std::vector<const Run *> comparableRuns(const Document &document, DeletedRuns deleted)
{
    const Choices &choices = document.choices();
    const Identity &identity = document.identity();
    const auto sameModel = [&](const Run &run) {
        return identity.model.empty() ? run.modelPath == choices.modelPath
                                      : run.modelHash == identity.model;
    };
    const auto sameData = [&](const Run &run) {
        return identity.data.empty() ? choices.dataPath.empty() || run.dataPath == choices.dataPath
                                     : run.dataHash == identity.data;
    };
    const auto listed = [&](const Run &run) {
        return deleted == DeletedRuns::Included || !noteOf(document.runNotes(), run.id).deleted;
    };
    std::vector<const Run *> runs;
    for (const Run &run : document.runs()) {
        if (sameModel(run) && sameData(run) && listed(run))
            runs.push_back(&run);
    }
    if (!runs.empty() || document.runs().empty())
        return runs;
    const Run &newest = document.runs().back();
    if (QFileInfo::exists(QString::fromStdString(newest.modelPath)))
        return runs; // of another model, which is still there
    // Measured where the model lay before: all that can be compared with the newest.
    for (const Run &run : document.runs()) {
        if (run.modelHash == newest.modelHash && run.dataHash == newest.dataHash && listed(run))
            runs.push_back(&run);
    }
    return runs;
}

namespace {

/// Where the recipe would probably stand; nothing where an axis shows what is not predicted.
std::optional<TradeoffCurrent> predictedPoint(const Shown &shown, TradeoffAxes axes)
{
    const Forecast &forecast = *shown.forecast;
    std::optional<double> x;
    if (axes.x == RunQuantity::Bytes && shown.plan.bytes)
        x = static_cast<double>(*shown.plan.bytes);
    else if (axes.x == RunQuantity::Milliseconds)
        x = forecast.milliseconds;
    else if (axes.x == RunQuantity::Parameters && shown.plan.parameters)
        x = static_cast<double>(*shown.plan.parameters);
    if (!x)
        return std::nullopt;
    if (axes.y == RunQuantity::Metric)
        return TradeoffCurrent{*x, forecast.accuracy.value, forecast.accuracy.low,
                               forecast.accuracy.high, Certainty::Predicted};
    if (axes.y == RunQuantity::LabelLoyalty)
        return TradeoffCurrent{*x, 1 - forecast.changed.value, 1 - forecast.changed.high,
                               1 - forecast.changed.low, Certainty::Predicted};
    return std::nullopt;
}

} // namespace

TradeoffData chartData(const std::vector<const Run *> &runs, const Shown &shown, TradeoffAxes axes,
                       const RunNotes &notes)
{
    TradeoffData data;
    data.x = axisOf(axes.x);
    data.y = axisOf(axes.y);
    const bool originalRun =
        std::ranges::any_of(runs, [](const Run *run) { return isOriginal(*run); });
    if (!runs.empty() && !originalRun)
        data.points.push_back(originalPoint(*runs.front(), axes));
    for (const Run *run : runs) {
        TradeoffPoint &point = data.points.emplace_back(tradeoffPoint(*run, axes));
        const RunNote note = noteOf(notes, run->id);
        point.pinned = note.pinned;
        point.colour = QColor(QString::fromStdString(note.colour));
    }
    if (shown.run && !shown.finished) {
        const TradeoffPoint point = tradeoffPoint(*shown.run, axes);
        data.current =
            TradeoffCurrent{point.x, point.y, point.low, point.high, Certainty::Measured};
    }
    if (!shown.run && shown.forecast)
        data.current = predictedPoint(shown, axes);
    return data;
}

namespace {

bool trains(const Step &step)
{
    return step.technique == recoverInfo().id ||
           (findTechnique(step.technique) && needOf(step) == Need::Training);
}

} // namespace

RecipePanelData recipeData(const Document &document, const Shown &shown,
                           std::optional<std::size_t> chosen)
{
    RecipePanelData data;
    data.editable = !shown.finished && !document.isReadOnly();
    data.hasModel = document.modelState() == ModelState::Open;
    const std::vector<ChosenStep> steps =
        shown.finished ? chosenSteps(shown.run->recipe) : document.plannedSteps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool planned = i < shown.plan.steps.size();
        data.cards.push_back(
            cardOf(steps[i].step, planned ? shown.plan.steps[i] : PlanSummary::StepSaving()));
        data.cards.back().enabled = steps[i].enabled;
        data.cards.back().editable = data.editable;
        const TechniqueInfo *technique = findTechnique(steps[i].step.technique);
        const bool looks =
            technique && (looksAtData(steps[i].step) || technique->family == Family::Training);
        const bool trained = std::ranges::any_of(steps, [](const ChosenStep &other) {
            return other.enabled && other.step.technique == recoverInfo().id;
        });
        if (technique && needOf(steps[i].step) == Need::Training && !trained && !shown.finished &&
            data.cards.back().error.isEmpty())
            data.cards.back().error =
                Words::tr("Is learnt in training: add \"Recover by training\".");
        if (looks && !shown.finished && document.choices().calibrationPath.empty() &&
            data.cards.back().error.isEmpty())
            data.cards.back().error =
                Words::tr("Needs calibration data before it can be measured: choose them below.");
    }
    if (shown.finished) {
        data.shownRun = translatedName(shown.run->recipe);
    } else if (chosen && *chosen < std::min(steps.size(), document.choices().steps.size())) {
        data.chosen = chosen;
        data.chosenStep = document.choices().steps[*chosen].step;
        if (trains(data.chosenStep))
            data.schedules = plannedSchedules(document.choices().recipe());
        if (steps[*chosen].enabled && *chosen < shown.plan.steps.size() &&
            !shown.plan.steps[*chosen].error)
            data.chosenLayers = shown.plan.steps[*chosen].layers;
        data.cards[*chosen].chosen = true;
    }
    for (const Message &note : shown.plan.notes)
        data.notes << translated(note);
    if (data.hasModel && document.model().weightsKnown) {
        data.data = dataSection(document, shown);
        data.data->editable = data.editable;
        data.footer =
            Words::tr("seed %1").arg(shown.finished ? shown.run->seed : document.choices().seed);
    }
    return data;
}

namespace {

QString timeLeft(double seconds)
{
    if (seconds < 0)
        return {};
    return seconds >= 90 ? Words::tr("%1 min left").arg(std::lround(seconds / 60))
                         : Words::tr("%1 s left").arg(std::lround(std::ceil(seconds)));
}

QString jobText(const JobStatus &job)
{
    if (job.state == JobStatus::State::Cancelled)
        return Words::tr("Cancelled; what was finished before is kept.");
    Message title = job.title;
    if (!job.name.empty())
        title.arguments.at(0) = translated(job.name).toStdString();
    if (job.state == JobStatus::State::Finished)
        return Words::tr("%1: done.").arg(translated(title)) +
               (job.figure.empty() ? QString()
                                   : QStringLiteral(" \u00b7 ") + translated(job.figure));
    if (job.state != JobStatus::State::Running)
        return {};
    QStringList parts{translated(title)};
    if (job.paused)
        parts << Words::tr("paused");
    if (!job.what.empty())
        parts << translated(job.what);
    if (job.total > 0)
        parts << Words::tr("%1 of %2").arg(counted(job.done), counted(job.total));
    if (!job.figure.empty())
        parts << translated(job.figure);
    return parts.join(QStringLiteral(" · "));
}

QString stateText(const Document &document)
{
    QStringList parts;
    if (document.hasProject())
        parts << (document.isReadOnly() ? Words::tr("read-only") : Words::tr("saved"));
    const int threads =
        document.choices().threads > 0 ? document.choices().threads : QThread::idealThreadCount();
    parts << (threads == 1 ? Words::tr("1 thread") : Words::tr("%1 threads").arg(threads));
    if (!document.runs().empty() && !document.runs().back().kernels.empty())
        parts << QString::fromStdString(document.runs().back().kernels.front());
    return parts.join(QStringLiteral(" · "));
}

} // namespace

JobStripData stripData(const Document &document)
{
    const JobStatus &job = document.job();
    JobStripData data;
    data.running = job.state == JobStatus::State::Running;
    data.text = jobText(job);
    if (data.running && job.total > 0)
        data.share = static_cast<double>(job.done) / static_cast<double>(job.total);
    data.timeLeft = timeLeft(job.secondsLeft);
    data.paused = data.running && job.paused;
    if (job.waiting > 0)
        data.jobs = Words::tr("%1 waiting").arg(job.waiting);
    else if (document.hasProject())
        data.jobs = Words::tr("Jobs");
    data.state = stateText(document);
    return data;
}

Notice noticeOf(const Document &document, const Shown &shown)
{
    if (shown.finished && document.isElsewhere(*shown.run))
        return {
            Words::tr("Measured on %1. The chart and the runs here are of other data, and do not "
                      "show it.")
                .arg(dataTitle(shown.run->dataPath)),
            document.isReadOnly() ? QString() : Words::tr("Change to these data"),
            Notice::Weight::Plain};
    if (document.modelState() == ModelState::Failed && document.modelError())
        return {translated(*document.modelError()), Words::tr("Open another model…"),
                Notice::Weight::Problem};
    if (document.modelState() == ModelState::Opening)
        return {Words::tr("Opening %1 …").arg(QString::fromStdString(document.choices().modelPath)),
                {},
                Notice::Weight::Plain};
    if (document.isReadOnly())
        return {Words::tr("This project is open in another window or program. It is shown as it "
                          "was when it was opened, and cannot be changed here."),
                {},
                Notice::Weight::Plain};
    if (document.modelState() == ModelState::None)
        return {Words::tr("This project has no model yet."), Words::tr("Open a model…"),
                Notice::Weight::Plain};
    if (lacksWeights(document))
        return {
            Words::tr("%1 Sizes are counted, but nothing can be measured.").arg(noWeightsText()),
            Words::tr("Open another model…"), Notice::Weight::Plain};
    if (const std::optional<Message> problem = dataProblem(document))
        return {translated(*problem),
                document.choices().dataPath.empty() ? Words::tr("Open a data file…")
                                                    : Words::tr("Open another data file…"),
                Notice::Weight::Problem, !shown.finished};
    if (document.choices().dataPath.empty())
        return missingData();
    if (const TechniqueInfo *technique = document.uncalibratedTechnique())
        return {Words::tr("\"%1\" looks at what its layers are given. To measure it, choose "
                          "calibration data: labelled examples, best of those the model was "
                          "trained on.")
                    .arg(QCoreApplication::translate("core", technique->title)),
                Words::tr("Open calibration data…"), Notice::Weight::Plain};
    if (!document.modelWarnings().empty())
        return {translated(document.modelWarnings().front()), {}, Notice::Weight::Plain};
    return {};
}

} // namespace pare

#include "app/window/viewvalues.h"

#include "app/document/document.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
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
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(number));
}

QString signedBytes(std::int64_t saved)
{
    return (saved < 0 ? QStringLiteral("+") : QStringLiteral("\u2212")) + bytesText(std::abs(saved));
}

QString dataTitle(const std::string &path)
{
    return path.starts_with("wordnet:") ? QString::fromStdString(path) : QFileInfo(QString::fromStdString(path)).fileName();
}

StepCardData cardOf(const Step &step, const PlanSummary::StepSaving &saving)
{
    StepCardData card;
    card.title = QString::fromStdString(shortName(step));
    card.text = QString::fromStdString(step.text());
    if (const TechniqueInfo *technique = findTechnique(step.technique))
        card.family = technique->family;
    if (saving.error)
        card.error = translated(*saving.error);
    else if (saving.layers > 0)
        card.effect = saving.bytes ? Words::tr("%1 layers · %2").arg(saving.layers).arg(signedBytes(*saving.bytes))
                                   : Words::tr("%1 layers").arg(saving.layers);
    return card;
}

std::optional<LayerLook> lookOf(const std::optional<LayerLook> &look, const QString &name)
{
    return look && look->name == name.toStdString() ? look : std::nullopt;
}

QString figure(double value)
{
    return QString::number(value, 'g', 3).replace('-', QChar(0x2212));
}

} // namespace

QString translated(const Message &message)
{
    const QByteArray pattern = QCoreApplication::translate("core", message.pattern).toUtf8();
    return QString::fromStdString(substituted(std::string_view(pattern.data(), static_cast<std::size_t>(pattern.size())), message.arguments));
}

std::vector<Run> comparableRuns(const Document &document)
{
    std::vector<Run> runs;
    std::ranges::copy_if(document.runs(), std::back_inserter(runs), [&](const Run &run) {
        return run.modelPath == document.choices().modelPath &&
               (document.choices().dataPath.empty() || run.dataPath == document.choices().dataPath);
    });
    return runs;
}

LayerMapData mapData(const Document &document, const Shown &shown)
{
    std::map<std::string, LayerState> states;
    for (const PlanSummary::LayerPlan &planned : shown.plan.layers) {
        LayerRecord record;
        record.name = planned.name;
        record.steps = planned.steps;
        const Layer *original = document.model().find(planned.name);
        record.bytes = planned.bytes.value_or(original ? original->bytes : 0);
        LayerState state = stateOf(record);
        state.sharedWith = planned.sharedWith;
        state.value = std::nan("");
        states[planned.name] = std::move(state);
    }
    if (shown.run) {
        for (const LayerRecord &record : shown.run->layers) {
            const auto state = states.find(record.name);
            if (state == states.end())
                continue;
            state->second.bytes = record.bytes; // exact where the plan could not know
            state->second.value = record.weightError * 100;
        }
    }
    return layerMapData(document.model(), states);
}

TradeoffData chartData(const std::vector<Run> &runs, const Shown &shown)
{
    TradeoffData data;
    const bool originalRun = std::ranges::any_of(runs, [](const Run &run) { return run.recipe.steps.empty(); });
    if (!runs.empty() && !originalRun)
        data.points.push_back(originalPoint(runs.front()));
    for (const Run &run : runs)
        data.points.push_back(tradeoffPoint(run));
    if (shown.run && !shown.finished) {
        const TradeoffPoint point = tradeoffPoint(*shown.run);
        data.current = TradeoffCurrent{point.x, point.y, point.low, point.high, Certainty::Measured};
    }
    return data;
}

RecipePanelData recipeData(const Document &document, const Shown &shown, std::optional<std::size_t> chosen)
{
    RecipePanelData data;
    data.editable = !shown.finished && !document.isReadOnly();
    data.hasModel = document.modelState() == ModelState::Open;
    const auto saving = [&](std::size_t i) {
        return i < shown.plan.steps.size() ? shown.plan.steps[i] : PlanSummary::StepSaving();
    };
    if (shown.finished && shown.run) {
        data.shownRun = QString::fromStdString(shortName(shown.run->recipe));
        for (std::size_t i = 0; i < shown.run->recipe.steps.size(); ++i)
            data.cards.push_back(cardOf(shown.run->recipe.steps[i], saving(i)));
    } else {
        for (std::size_t i = 0; i < document.choices().steps.size(); ++i) {
            const ChosenStep &step = document.choices().steps[i];
            data.cards.push_back(cardOf(step.step, saving(i)));
            data.cards.back().enabled = step.enabled;
        }
        if (chosen && *chosen < data.cards.size()) {
            data.chosen = chosen;
            data.chosenStep = document.choices().steps[*chosen].step;
            data.cards[*chosen].chosen = true;
        }
    }
    for (StepCardData &card : data.cards)
        card.editable = data.editable;
    QStringList footer;
    for (const Message &note : shown.plan.notes)
        footer << translated(note);
    if (!document.choices().dataPath.empty())
        footer << Words::tr("measured on %1, seed %2").arg(dataTitle(document.choices().dataPath)).arg(document.choices().seed);
    data.footer = footer.join('\n');
    return data;
}

JobStripData stripData(const Document &document)
{
    const JobStatus &job = document.job();
    JobStripData data;
    data.running = job.state == JobStatus::State::Running;
    QStringList text;
    if (data.running) {
        text << translated(job.title);
        if (!job.what.empty())
            text << translated(job.what);
        if (job.total > 0)
            text << Words::tr("%1 of %2").arg(counted(job.done), counted(job.total));
        if (!job.figure.empty())
            text << Words::tr("%1 so far").arg(translated(job.figure));
        if (job.total > 0)
            data.share = static_cast<double>(job.done) / static_cast<double>(job.total);
        if (job.secondsLeft >= 90)
            data.timeLeft = Words::tr("%1 min left").arg(std::lround(job.secondsLeft / 60));
        else if (job.secondsLeft >= 0)
            data.timeLeft = Words::tr("%1 s left").arg(std::lround(std::ceil(job.secondsLeft)));
    } else if (job.state == JobStatus::State::Cancelled) {
        text << Words::tr("Cancelled; what was finished before is kept.");
    } else if (job.state == JobStatus::State::Finished) {
        text << Words::tr("Measured.");
    }
    data.text = text.join(QStringLiteral(" · "));
    QStringList state;
    if (job.waiting > 0)
        state << Words::tr("%1 waiting").arg(job.waiting);
    if (document.hasProject())
        state << (document.isReadOnly() ? Words::tr("read-only") : Words::tr("saved"));
    const int threads = document.choices().threads > 0 ? document.choices().threads : QThread::idealThreadCount();
    state << (threads == 1 ? Words::tr("1 thread") : Words::tr("%1 threads").arg(threads));
    if (!document.runs().empty() && !document.runs().back().kernels.empty())
        state << QString::fromStdString(document.runs().back().kernels.front());
    data.state = state.join(QStringLiteral(" · "));
    return data;
}

Notice noticeOf(const Document &document)
{
    if (document.modelState() == ModelState::Failed && document.modelError())
        return {translated(*document.modelError()), Words::tr("Open another model…"), Notice::Weight::Problem};
    if (document.modelState() == ModelState::Opening)
        return {Words::tr("Opening %1 …").arg(QString::fromStdString(document.choices().modelPath)), {}, Notice::Weight::Plain};
    if (document.isReadOnly())
        return {Words::tr("This project is open in another window or program. It is shown as it was when it was opened, and cannot be changed here."), {}, Notice::Weight::Plain};
    if (document.modelState() == ModelState::None)
        return {Words::tr("This project has no model yet."), Words::tr("Open a model…"), Notice::Weight::Plain};
    if (!document.model().weightsKnown)
        return {Words::tr("Described from config.json alone: sizes are counted, but without weights nothing can be measured."), Words::tr("Open another model…"), Notice::Weight::Plain};
    if (document.choices().dataPath.empty())
        return {Words::tr("Sizes are counted already. To measure accuracy, choose labelled examples: a TSV, CSV or JSON lines file."), Words::tr("Open a data file…"), Notice::Weight::Plain};
    return {};
}

InspectorData inspectorData(const Document &document, const LayerMapData &map, const QStringList &selected, const std::optional<LayerLook> &look)
{
    InspectorData data;
    std::vector<const LayerMapCell *> cells;
    for (const QString &name : selected) {
        if (const auto index = map.find(name.toStdString()))
            cells.push_back(&map.cells[*index]);
    }
    if (cells.empty())
        return data;
    std::int64_t before = 0;
    std::int64_t now = 0;
    for (const LayerMapCell *cell : cells) {
        before += cell->sharedBefore.empty() ? cell->bytesBefore : 0;
        now += cell->state.bytes;
    }
    if (cells.size() > 1) {
        data.title = Words::tr("%1 layers").arg(cells.size());
        data.figures = {{Words::tr("bytes before"), bytesText(before)}, {Words::tr("bytes now"), bytesText(now)}};
        if (before > 0)
            data.figures.emplace_back(Words::tr("what is left"), QStringLiteral("%1 %").arg(100.0 * static_cast<double>(now) / static_cast<double>(before), 0, 'f', 1));
        double least = INFINITY;
        double most = -INFINITY;
        for (const LayerMapCell *cell : cells) {
            if (std::isnan(cell->state.value))
                continue;
            least = std::min(least, cell->state.value);
            most = std::max(most, cell->state.value);
        }
        if (most >= least)
            data.figures.emplace_back(Words::tr("weight error"), least == most ? valueText(map, most) : Words::tr("%1 to %2").arg(valueText(map, least), valueText(map, most)));
        return data;
    }
    const LayerMapCell &cell = *cells.front();
    data.title = QString::fromStdString(cell.name);
    data.lines << QStringLiteral("%1 · %2 · %3").arg(layerShapeText(cell.shape), QString::fromUtf8(nameOf(cell.dtype).data()), bytesText(cell.bytesBefore));
    if (!cell.state.sharedWith.empty())
        data.lines << Words::tr("now uses the weight of %1: no bytes of its own").arg(QString::fromStdString(cell.state.sharedWith));
    else if (!cell.state.technique.isEmpty())
        data.lines << Words::tr("now %1: %2").arg(bytesText(cell.state.bytes), cell.state.technique);
    if (!std::isnan(cell.state.value))
        data.figures.emplace_back(Words::tr("weight error, measured"), valueText(map, cell.state.value));
    const std::optional<LayerLook> known = lookOf(look, data.title);
    if (!document.model().weightsKnown)
        data.histogramNote = Words::tr("There are no weights to look at: only config.json was found.");
    else if (!known)
        data.histogramNote = Words::tr("Looking at the weights …");
    if (!known)
        return data;
    const LayerLook::Statistics &statistics = known->before;
    HistogramData histogram;
    histogram.low = statistics.low;
    histogram.high = statistics.high;
    histogram.before = statistics.histogram;
    if (known->after) {
        histogram.after = known->after->histogram;
        histogram.afterTitle = cell.state.technique;
        if (!cell.state.families.empty())
            histogram.family = cell.state.families.back();
    }
    data.histogram = histogram;
    const auto both = [&](const QString &title, auto member) {
        const QString was = figure(statistics.*member);
        data.figures.emplace_back(title, known->after ? QStringLiteral("%1 → %2").arg(was, figure((*known->after).*member)) : was);
    };
    if (known->after && std::isnan(cell.state.value))
        data.figures.emplace_back(Words::tr("weight error, of this matrix"), valueText(map, 100 * known->weightError));
    data.figures.emplace_back(Words::tr("weights"), counted(statistics.count));
    both(Words::tr("mean"), &LayerLook::Statistics::mean);
    both(Words::tr("standard deviation"), &LayerLook::Statistics::deviation);
    both(Words::tr("smallest"), &LayerLook::Statistics::minimum);
    both(Words::tr("largest"), &LayerLook::Statistics::maximum);
    both(Words::tr("kurtosis"), &LayerLook::Statistics::kurtosis);
    const auto share = [](double zeros) { return QStringLiteral("%1 %").arg(100 * zeros, 0, 'f', 1); };
    data.figures.emplace_back(Words::tr("zeros"), known->after ? QStringLiteral("%1 → %2").arg(share(statistics.zeros), share(known->after->zeros)) : share(statistics.zeros));
    return data;
}

} // namespace pare

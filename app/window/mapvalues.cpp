// What the layer map shows of a document: the layers, and every number they can be coloured by.
#include "app/document/document.h"
#include "app/window/viewvalues.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::MainWindow)
};

constexpr double none = std::numeric_limits<double>::quiet_NaN();

QString perCent()
{
    return QStringLiteral("%");
}

using Records = std::map<std::string_view, const LayerRecord *>;
/// By layer, then by option, in milliseconds added to one answer.
using Times = std::map<std::string, std::map<std::string, double>>;

Records recordsOf(const Run *run)
{
    Records records;
    if (run) {
        for (const LayerRecord &record : run->layers)
            records[record.name] = &record;
    }
    return records;
}

/// Steps without their layers, with every setting: the same for all layers, whoever wrote them.
class Options
{
public:
    const std::string &of(Step step)
    {
        step.layers.clear();
        std::string &option = m_known[step.text()];
        if (option.empty()) {
            step = checked(step);
            step.layers.clear();
            option = step.text();
        }
        return option;
    }

private:
    std::map<std::string, std::string> m_known; ///< there are few, but many layers
};

/// The option that tells layers apart best: the one that costs most on the mean.
std::string tellingOption(const std::vector<LayerSensitivity> &sensitivities)
{
    std::map<std::string, std::pair<double, int>> changed;
    for (const LayerSensitivity &one : sensitivities) {
        changed[one.option].first += one.changed.value;
        ++changed[one.option].second;
    }
    std::string best;
    double most = -1;
    for (const auto &[option, sum] : changed) {
        if (const double mean = sum.first / sum.second; sum.second > 1 && mean > most) {
            most = mean;
            best = option;
        }
    }
    return best;
}

template <class Number>
LayerMeasure filled(LayerMeasure measure, const LayerMapData &data, Number number)
{
    measure.values.reserve(data.cells.size());
    for (const LayerMapCell &cell : data.cells)
        measure.values.push_back(number(cell));
    return measure;
}

/// What the run that is shown says of each layer.
LayerMeasure recorded(LayerMeasure measure, const LayerMapData &data, const Records &records,
                      double (*number)(const LayerRecord &))
{
    return filled(std::move(measure), data, [&](const LayerMapCell &cell) {
        const auto record = records.find(cell.name);
        return record == records.end() ? none : number(*record->second);
    });
}

LayerMeasure lostAlone(const LayerMapData &data, const Document &document)
{
    const std::string option = tellingOption(document.sensitivities());
    const double original = document.originalAccuracy();
    std::map<std::string_view, double> lost;
    for (const LayerSensitivity &one : document.sensitivities()) {
        if (one.option == option)
            lost[one.layer] = std::max(0.0, 100 * (original - one.accuracy.value));
    }
    const QString title = option.empty()
                              ? Words::tr("accuracy lost alone")
                              : Words::tr("points lost alone at %1").arg(optionTitle(option));
    return filled({"lost", title, {}}, data, [&](const LayerMapCell &cell) {
        const auto found = lost.find(cell.name);
        return found == lost.end() ? none : found->second;
    });
}

/// Of the weights of the original, as far as they were looked at.
LayerMeasure figure(LayerMeasure measure, const LayerMapData &data, const FigureMap &figures,
                    double LayerFigures::*member)
{
    const double factor = measure.unit == perCent() ? 100 : 1;
    return filled(std::move(measure), data, [&](const LayerMapCell &cell) {
        const auto found = figures.find(cell.name);
        const bool told = found != figures.end() && std::isfinite(found->second.*member);
        return told ? factor * (found->second.*member) : none;
    });
}

Times timesOf(const std::vector<LayerSensitivity> &sensitivities, Options &options)
{
    Times times;
    for (const LayerSensitivity &one : sensitivities)
        times[one.layer][options.of(one.step)] = one.milliseconds;
    return times;
}

/// Microseconds that the recipe's one step on a layer adds to an answer, where a sweep timed that
/// step on that layer; two steps at once were never timed.
LayerMeasure timeAdded(const LayerMapData &data, const Document &document, const Shown &shown)
{
    Options options;
    const Times times = timesOf(document.sensitivities(), options);
    std::map<std::string_view, double> added;
    for (const PlanSummary::LayerPlan &planned : shown.plan.layers) {
        const auto layer = times.find(planned.name);
        if (planned.steps.empty())
            added[planned.name] = 0;
        if (planned.steps.size() != 1 || layer == times.end())
            continue;
        const auto option = layer->second.find(options.of(parsedStep(planned.steps.front())));
        if (option != layer->second.end())
            added[planned.name] = 1000 * option->second;
    }
    LayerMeasure measure{"time", Words::tr("time added to an answer"), QStringLiteral("µs"),
                         ValueScale::Centred};
    measure.less = Words::tr("faster");
    measure.more = Words::tr("slower");
    return filled(std::move(measure), data, [&](const LayerMapCell &cell) {
        const auto found = added.find(cell.name);
        return found == added.end() ? none : found->second;
    });
}

/// The second run's number less that of the first.
LayerMeasure difference(LayerMeasure measure, const LayerMapData &data,
                        const ComparedRuns &compared, double (*number)(const LayerRecord &))
{
    const Records first = recordsOf(compared.first);
    const Records second = recordsOf(compared.second);
    measure.scale = ValueScale::Centred;
    measure.about = QStringLiteral("A: %1, B: %2")
                        .arg(translatedName(*compared.first), translatedName(*compared.second));
    return filled(std::move(measure), data, [&](const LayerMapCell &cell) {
        const auto one = first.find(cell.name);
        const auto other = second.find(cell.name);
        return one == first.end() || other == second.end()
                   ? none
                   : number(*other->second) - number(*one->second);
    });
}

void addDifferences(LayerMapData &data, const ComparedRuns &compared)
{
    if (!compared.first || !compared.second)
        return;
    LayerMeasure bytes{"bytesdifference", Words::tr("difference of bytes"), QStringLiteral("kB")};
    bytes.less = Words::tr("smaller in B");
    bytes.more = Words::tr("larger in B");
    data.measures.push_back(
        difference(std::move(bytes), data, compared, [](const LayerRecord &record) {
            return static_cast<double>(record.bytes) / 1000;
        }));
    LayerMeasure error{"errordifference", Words::tr("difference of weight error"), perCent()};
    error.less = Words::tr("less in B");
    error.more = Words::tr("more in B");
    data.measures.push_back(
        difference(std::move(error), data, compared,
                   [](const LayerRecord &record) { return 100 * record.weightError; }));
}

/// In the order of MapMeasure.
void addMeasures(LayerMapData &data, const Document &document, const Shown &shown)
{
    const Records records = recordsOf(shown.run);
    const FigureMap &figures = document.figures();
    data.measures.push_back(
        recorded({"error", Words::tr("weight error"), perCent()}, data, records,
                 [](const LayerRecord &record) { return 100 * record.weightError; }));
    data.measures.push_back(recorded({"output", Words::tr("output error"), perCent()}, data,
                                     records, [](const LayerRecord &record) {
                                         return record.outputError ? 100 * *record.outputError
                                                                   : none;
                                     }));
    data.measures.push_back(lostAlone(data, document));
    data.measures.push_back(recorded(
        {"bits", Words::tr("bits per weight"), {}}, data, records, [](const LayerRecord &record) {
            return record.bitsPerWeight > 0 ? record.bitsPerWeight : none;
        }));
    data.measures.push_back(figure({"zeros", Words::tr("share of zeros, original"), perCent()},
                                   data, figures, &LayerFigures::zeros));
    data.measures.push_back(figure({"rank", Words::tr("rank for 90 % of the energy, original"), {}},
                                   data, figures, &LayerFigures::rank));
    LayerMeasure norm{"norm", Words::tr("root mean square of the weights, original"), {}};
    norm.decimals = 6;
    data.measures.push_back(figure(std::move(norm), data, figures, &LayerFigures::norm));
    data.measures.push_back(
        figure({"kurtosis", Words::tr("kurtosis, original"), {}, ValueScale::Logarithmic}, data,
               figures, &LayerFigures::kurtosis));
    data.measures.push_back(timeAdded(data, document, shown));
}

} // namespace

QStringList mapMeasureTitles(const ComparedRuns &compared)
{
    QStringList titles{
        Words::tr("weight error"),    Words::tr("output error"),   Words::tr("accuracy lost alone"),
        Words::tr("bits per weight"), Words::tr("share of zeros"), Words::tr("rank"),
        Words::tr("norm (RMS)"),      Words::tr("kurtosis"),       Words::tr("time added")};
    if (compared.first && compared.second)
        titles << Words::tr("difference of bytes") << Words::tr("difference of weight error");
    return titles;
}

std::optional<FigureDepth> figuresFor(std::string_view key)
{
    if (key == "rank")
        return FigureDepth::Ranks;
    if (key == "zeros" || key == "norm" || key == "kurtosis")
        return FigureDepth::Moments;
    return std::nullopt;
}

QString optionTitle(const std::string &option)
{
    if (option.empty())
        return Words::tr("as it is");
    Step step = parsedStep(option);
    step.layers = techniqueInfo(step.technique).defaultSelection;
    return translatedName(step);
}

LayerMapData mapData(const Document &document, const Shown &shown, MapMeasure measure,
                     const ComparedRuns &compared)
{
    std::map<std::string, LayerState> states;
    const Records ran = recordsOf(shown.run);
    for (const PlanSummary::LayerPlan &planned : shown.plan.layers) {
        LayerRecord record;
        record.name = planned.name;
        record.steps = planned.steps;
        if (const auto found = ran.find(planned.name); found != ran.end())
            record.storage =
                found->second->storage; // tells a rank that the plan left to the weights
        LayerState state = stateOf(record, planned.rank);
        state.bytes = planned.bytes;
        state.sharedWith = planned.sharedWith;
        states[planned.name] = std::move(state);
    }
    if (shown.run) {
        for (const LayerRecord &record : shown.run->layers) {
            if (const auto state = states.find(record.name); state != states.end())
                state->second.bytes = record.bytes; // exact where the plan could not know
        }
    }
    LayerMapData data = layerMapData(document.model(), states);
    addMeasures(data, document, shown);
    addDifferences(data, compared);
    const auto index = static_cast<std::size_t>(measure);
    data.show(index < data.measures.size() ? index : 0);
    return data;
}

} // namespace pare

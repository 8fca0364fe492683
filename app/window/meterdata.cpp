#include "app/document/document.h"
#include "app/window/viewvalues.h"
#include "core/evaluation/latency.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::Meter)
};

QString counted(std::int64_t number)
{
    return countText(number);
}

/// The share each family has of the original's bytes, in the order of application; what no step
/// touched first.
std::vector<MeterBarData::Part> familyParts(const LayerMapData &map, std::int64_t original,
                                            std::int64_t now)
{
    std::int64_t untouched = now; // with the file's own header
    std::map<Family, std::int64_t> bytes;
    for (const LayerMapCell &cell : map.cells) {
        if (cell.state.families.empty())
            continue;
        bytes[cell.state.families.back()] += cell.state.bytes.value_or(0);
        untouched -= cell.state.bytes.value_or(0);
    }
    const auto share = [original](std::int64_t part) {
        return static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(original, 1));
    };
    std::vector<MeterBarData::Part> parts{
        {share(std::max<std::int64_t>(untouched, 0)), std::nullopt}};
    for (const auto &[family, part] : bytes)
        parts.push_back({share(part), family});
    return parts;
}

QString partsText(const std::vector<MeterBarData::Part> &parts, std::int64_t original)
{
    QStringList lines;
    for (const MeterBarData::Part &part : parts) {
        const auto bytes =
            static_cast<std::int64_t>(std::llround(part.share * static_cast<double>(original)));
        const QString title = part.family
                                  ? QCoreApplication::translate("core", titleOf(*part.family))
                                  : Words::tr("as it was");
        lines << QStringLiteral("%1: %2").arg(title, bytesText(bytes));
    }
    return lines.join('\n');
}

MeterFigure sizeFigure(const Document &document, const Shown &shown)
{
    MeterFigure figure;
    figure.title = Words::tr("Size of the exported file");
    const std::int64_t original = document.model().bytes;
    const std::optional<std::int64_t> now =
        shown.run ? std::optional(shown.run->measured.bytes) : shown.plan.bytes;
    if (document.modelState() != ModelState::Open)
        return figure;
    if (!shown.run && shown.plan.error) { // what its other steps would leave is no size of it
        figure.kind = Words::tr("not known");
        figure.remark = Words::tr("the recipe cannot be run");
        figure.details = translated(*shown.plan.error);
        return figure;
    }
    if (!now) {
        figure.kind = Words::tr("not measured");
        figure.remark = Words::tr("known after measuring");
        figure.details = Words::tr("How much some layers keep depends on weights or data, and "
                                   "shows when the recipe is carried out. It was %1.")
                             .arg(bytesText(original));
        return figure;
    }
    const QStringList text = bytesText(*now).split(' ');
    figure.kind = Words::tr("exact");
    figure.value = text.value(0);
    figure.unit = text.value(1);
    const double share =
        static_cast<double>(*now) / static_cast<double>(std::max<std::int64_t>(original, 1));
    if (original > 0) // of a model without weights nobody knows what the file would be
        figure.remark = Words::tr("%1 % of %2")
                            .arg(numberText(100 * share, share < 0.1 ? 1 : 0))
                            .arg(bytesText(original));
    figure.bar.parts = familyParts(mapData(document, shown), original, *now);
    figure.details =
        Words::tr("%1 bytes: what model.safetensors would hold, counted without writing it.")
            .arg(counted(*now)) +
        '\n' + partsText(figure.bar.parts, original);
    if (!shown.run)
        return figure;
    if (const RunExports exports = exportsOf(document, *shown.run); !exports.lines.isEmpty()) {
        const qsizetype formats =
            exports.formats.count(u',') + 1; // three would push the others away
        figure.remark +=
            QStringLiteral(" · ") + (formats > 2 ? Words::tr("exported in %1 formats").arg(formats)
                                                 : Words::tr("exported: %1").arg(exports.formats));
        figure.details += '\n' + exports.lines.join('\n');
    }
    return figure;
}

const Interval *metricOf(const Measurement &measurement, const std::string &name)
{
    const auto found = measurement.metrics.find(name);
    return found == measurement.metrics.end() ? nullptr : &found->second;
}

/// The part of 0…1 that shows both values well: at most the upper half, or all of it.
double barStart(double lowest)
{
    return lowest > 0.8 ? 0.8 : lowest > 0.5 ? 0.5 : 0;
}

/// `at`: where on the bar a share stands.
void showForecast(MeterFigure &figure, const Forecast &forecast,
                  const std::function<double(double)> &at)
{
    const Interval &accuracy = forecast.accuracy;
    figure.kind = Words::tr("predicted");
    figure.value = numberText(100 * accuracy.value, 1);
    figure.unit = Words::tr("% (%1)").arg(endsText(accuracy));
    figure.bar.band = MeterBarData::Band{at(accuracy.low), at(accuracy.high), at(accuracy.value)};
    figure.details =
        Words::tr(
            "From what each layer answered alone on %1 examples: between %2 and %3 % in nine of "
            "ten cases.")
            .arg(counted(forecast.rows))
            .arg(numberText(100 * accuracy.low, 1))
            .arg(numberText(100 * accuracy.high, 1)) +
        '\n' +
        (accuracy.n > 0 ? Words::tr("The band comes from %1 runs of this project.").arg(accuracy.n)
                        : Words::tr("The band is a guess: no run of this project tells yet how far "
                                    "predictions are off."));
}

/// Of what is shown: a run's, or the original's where the recipe is empty.
const Measurement *measuredNow(const Document &document, const Shown &shown, const Run *any)
{
    if (shown.run)
        return &shown.run->measured;
    return any && document.choices().recipe().empty() ? &any->baseline : nullptr;
}

/// What is shown is the model as it is, measured.
bool isBare(const Shown &shown, const void *measured)
{
    return measured && (!shown.run || isOriginal(*shown.run));
}

/// Two medians are told as a change where they are further apart than either spreads down to its 5th percentile. Above
/// the median stand long texts, and what else ran on the machine.
bool timesDiffer(const Latency &a, const Latency &b)
{
    return std::abs(a.median - b.median) > std::max(a.median - a.low, b.median - b.low);
}

MeterFigure metricFigure(const Document &document, const Shown &shown, const Run *any)
{
    MeterFigure figure;
    const bool elsewhere = shown.run && document.isElsewhere(*shown.run);
    figure.title = elsewhere ? Words::tr("Accuracy, %1 examples of %2")
                                   .arg(counted(any->examples), dataTitle(shown.run->dataPath))
                   : any ? Words::tr("Accuracy, %1 examples").arg(counted(any->examples))
                         : Words::tr("Accuracy");
    const Interval *was = any ? metricOf(any->baseline, any->primaryMetric) : nullptr;
    const Measurement *now = measuredNow(document, shown, any);
    const Interval *is = now ? metricOf(*now, any->primaryMetric) : nullptr;
    const double start = barStart(std::min(
        {was ? was->low : 1, is ? is->low : 1, shown.forecast ? shown.forecast->accuracy.low : 1}));
    const auto at = [start](double value) { return (value - start) / (1 - start); };
    if (was) {
        figure.bar.tick = at(was->value);
        figure.remark = isBare(shown, is)
                            ? Words::tr("the original")
                            : Words::tr("was %1 %").arg(numberText(100 * was->value, 1));
    } else if (lacksWeights(document)) {
        figure.remark = Words::tr("the weights are missing");
    } else if (document.choices().dataPath.empty()) {
        figure.remark = Words::tr("needs a data file");
    }
    figure.kind = is ? Words::tr("measured") : Words::tr("not measured");
    if (!is && shown.forecast)
        showForecast(figure, *shown.forecast, at);
    else if (const int unasked = document.forecast().unmeasured; !is && !shown.run && unasked > 0)
        figure.details = Words::tr("Not predicted either: no layer was asked what %1 parts of this "
                                   "recipe change. Measure tells it.")
                             .arg(unasked);
    if (!is)
        return figure;
    figure.value = numberText(100 * is->value, 1);
    figure.unit = Words::tr("% (%1)").arg(endsText(*is));
    figure.bar.band = MeterBarData::Band{at(is->low), at(is->high), at(is->value)};
    const double loyalty = shown.run ? shown.run->labelLoyalty.value : 1;
    figure.details = Words::tr("%1 of %2 examples, with its 95 % interval; the original: %3. "
                               "Loyalty, the same answers "
                               "as the original: %4 %. The bar goes from %5 to 100 %.")
                         .arg(shareText(*is), counted(is->n), shareText(was ? *was : *is))
                         .arg(numberText(100 * loyalty, 1))
                         .arg(std::lround(100 * start));
    return figure;
}

QString millisecondsText(double milliseconds)
{
    return numberText(milliseconds, milliseconds < 10 ? 2 : 1);
}

MeterFigure latencyFigure(const Document &document, const Shown &shown, const Run *any)
{
    MeterFigure figure;
    const int threads = shown.run ? shown.run->threads : any ? any->threads : 0;
    figure.title = threads == 0   ? Words::tr("One answer")
                   : threads == 1 ? Words::tr("One answer, 1 thread")
                                  : Words::tr("One answer, %1 threads").arg(threads);
    const Measurement *measured = measuredNow(document, shown, any);
    figure.kind = measured ? Words::tr("measured") : Words::tr("not measured");
    if (!any) {
        if (lacksWeights(document))
            figure.remark = Words::tr("the weights are missing");
        return figure;
    }
    const Latency &was = any->baseline.latencyMs; // of the run that is shown, where there is one
    if (isBare(shown, measured) && isSteady(measured->latencyMs))
        figure.remark = Words::tr("the original");
    else if (measured && !(isSteady(was) && isSteady(measured->latencyMs)))
        figure.remark = Words::tr("unsteady, the machine was busy");
    else if (measured && !timesDiffer(was, measured->latencyMs))
        figure.remark = Words::tr("no clear change");
    else
        figure.remark = Words::tr("was %1").arg(millisecondsText(was.median));
    const double longest = 1.25 * std::max(was.median, measured ? measured->latencyMs.median : 0);
    if (longest <= 0)
        return figure;
    figure.bar.tick = was.median / longest;
    if (!measured && shown.forecast && shown.forecast->milliseconds > 0) {
        figure.kind = Words::tr("predicted");
        figure.value = millisecondsText(shown.forecast->milliseconds);
        figure.unit = Words::tr("ms");
        figure.bar.parts = {{std::min(1.0, shown.forecast->milliseconds / longest), std::nullopt}};
        figure.details = Words::tr("Added up from the times of the kernels that each layer would "
                                   "run with.");
    }
    if (!measured)
        return figure;
    const Latency &now = measured->latencyMs;
    figure.value = millisecondsText(now.median);
    figure.unit = Words::tr("ms");
    figure.bar.parts = {{now.median / longest, std::nullopt}};
    if (!shown.run)
        return figure;
    QStringList kernels;
    for (const std::string &kernel : shown.run->kernels)
        kernels << QString::fromStdString(kernel);
    if (!kernels.isEmpty())
        figure.remark +=
            QStringLiteral(" · ") + kernels.first().section(QStringLiteral(" ("), 0, 0);
    figure.details = Words::tr("Median of one text at a time, warm; between %1 and %2 ms for 90 of "
                               "100; the original: %5 ms. %3 texts a second in batches. Kernels "
                               "that ran: %4.")
                         .arg(millisecondsText(now.low), millisecondsText(now.high))
                         .arg(numberText(measured->examplesPerSecond, 0))
                         .arg(kernels.join(QStringLiteral(", ")), millisecondsText(was.median));
    if (!isSteady(now) || !isSteady(was))
        figure.details +=
            ' ' + Words::tr("Times spread more than tenfold: something else kept the machine busy. "
                            "Measure again when it is quiet.");
    return figure;
}

} // namespace

bool lacksWeights(const Document &document)
{
    return document.modelState() == ModelState::Open && !document.model().weightsKnown;
}

QString noWeightsText()
{
    return Words::tr("The weights are missing: only config.json was found.");
}

namespace {

/// Empty: there are weights.
QString whyNoWeights(const Document &document)
{
    if (document.modelState() != ModelState::Open)
        return Words::tr("Needs a model with weights");
    return lacksWeights(document) ? noWeightsText() : QString();
}

} // namespace

QString whyNotReady(const Document &document)
{
    if (const QString missing = whyNoWeights(document); !missing.isEmpty())
        return missing;
    return document.choices().dataPath.empty() ? Words::tr("Needs a data file") : QString();
}

QString exportHelp(const Document &document)
{
    if (const QString missing = whyNoWeights(document); !missing.isEmpty())
        return missing;
    return document.plan().error ? translated(*document.plan().error)
                                 : Words::tr("Writes the weights as the recipe leaves them");
}

namespace {

QString measureHelp(const Document &document, const Shown &shown)
{
    if (document.isReadOnly())
        return Words::tr("The project is read-only");
    if (const QString missing = whyNotReady(document); !missing.isEmpty())
        return missing;
    if (document.plan().error)
        return translated(*document.plan().error);
    if (document.uncalibratedTechnique())
        return Words::tr("Needs calibration data");
    if (!shown.finished && shown.run && noteOf(document.runNotes(), shown.run->id).deleted)
        return Words::tr("Measured before, and deleted: brings the run back (Ctrl+R)");
    if (!shown.finished && shown.run)
        return Words::tr("Measured already; the figures are those of this recipe");
    return Words::tr("Compress the model as the recipe says and measure it (Ctrl+R)");
}

} // namespace

MeterData meterData(const Document &document, const Shown &shown)
{
    const std::vector<const Run *> runs = comparableRuns(document);
    const Run *any = shown.run ? shown.run : runs.empty() ? nullptr : runs.front();
    MeterData data;
    data.size = sizeFigure(document, shown);
    data.metric = metricFigure(document, shown, any);
    data.latency = latencyFigure(document, shown, any);
    data.canUndo = document.canUndo();
    data.canRedo = document.canRedo();
    data.canMeasure =
        whyNotReady(document).isEmpty() && !document.isReadOnly() && !document.plan().error &&
        !document.uncalibratedTechnique() && !shown.finished &&
        (!document.currentRun() || noteOf(document.runNotes(), document.currentRun()->id).deleted);
    data.measureHelp = measureHelp(document, shown);
    return data;
}

} // namespace pare

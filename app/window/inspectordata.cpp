#include "app/document/document.h"
#include "app/window/inspectortabs.h"
#include "app/window/viewvalues.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::InspectorPanel)
};

constexpr std::size_t mostTicks = 32; // of values on the histogram's axis

using Cells = std::vector<const LayerMapCell *>;

QString number(double value)
{
    // Three digits that count, but no more than six decimals and never an exponent.
    const int whole = value == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(value))));
    return numberText(value, std::clamp(2 - whole, 0, 6)).replace('-', QChar(0x2212));
}

QString percent(double share)
{
    return QStringLiteral("%1 %").arg(numberText(100 * share, 1));
}

QString beforeAndAfter(const QString &before, const std::optional<QString> &after)
{
    return after && *after != before ? QStringLiteral("%1 → %2").arg(before, *after) : before;
}

/// Three significant digits, whatever the map shows.
QString errorText(double percent)
{
    LayerMeasure errors;
    errors.unit = QStringLiteral("%");
    return valueText(errors, percent);
}

/// "0.31 % to 2.4 %", or nothing where nothing was measured.
QString errorRange(const Run *run, const Cells &cells)
{
    std::vector<double> errors;
    for (const LayerMapCell *cell : cells) {
        if (const std::optional<double> error = measuredError(run, cell->name))
            errors.push_back(*error);
    }
    if (errors.empty())
        return {};
    const auto [least, most] = std::ranges::minmax(errors);
    return least == most ? errorText(most)
                         : Words::tr("%1 to %2").arg(errorText(least), errorText(most));
}

/// "8.3 kB to 33 kB", or nothing where some are not known.
QString bytesRange(const Cells &cells)
{
    std::vector<std::int64_t> sizes;
    for (const LayerMapCell *cell : cells) {
        if (!cell->state.bytes)
            return {};
        sizes.push_back(*cell->state.bytes);
    }
    const auto [least, most] = std::ranges::minmax(sizes);
    return least == most ? bytesText(most)
                         : Words::tr("%1 to %2").arg(bytesText(least), bytesText(most));
}

InspectorData severalLayers(const Cells &cells, const Run *run)
{
    std::int64_t before = 0;
    std::optional<std::int64_t> now = 0;
    std::int64_t weights = 0;
    for (const LayerMapCell *cell : cells) {
        before += cell->sharedBefore.empty() ? cell->bytesBefore : 0;
        const std::optional<std::int64_t> bytes = cell->state.bytes;
        now = now && bytes ? std::optional(*now + *bytes) : std::nullopt;
        std::int64_t product = 1;
        for (const std::int64_t size : cell->shape)
            product *= size;
        weights += product;
    }
    InspectorData data;
    data.title = Words::tr("%1 layers").arg(cells.size());
    data.figures = {
        {Words::tr("bytes before"), bytesText(before)},
        {Words::tr("bytes now"), now ? bytesText(*now) : Words::tr("known after measuring")}};
    if (before > 0 && now)
        data.figures.emplace_back(Words::tr("what is left"),
                                  percent(static_cast<double>(*now) / static_cast<double>(before)));
    if (const QString sizes = bytesRange(cells); !sizes.isEmpty())
        data.figures.emplace_back(Words::tr("bytes of one layer now"), sizes);
    data.figures.emplace_back(Words::tr("weights"), countText(weights));
    if (const QString errors = errorRange(run, cells); !errors.isEmpty())
        data.figures.emplace_back(Words::tr("weight error"), errors);
    return data;
}

InspectorData oneLayer(const LayerMapCell &cell, const Run *run)
{
    InspectorData data;
    data.title = QString::fromStdString(cell.name);
    data.layer = data.title;
    data.lines << QStringLiteral("%1 · %2 · %3")
                      .arg(layerShapeText(cell.shape), QString::fromUtf8(nameOf(cell.dtype).data()),
                           bytesText(cell.bytesBefore));
    if (!cell.state.sharedWith.empty()) {
        const QString owner = QString::fromStdString(cell.state.sharedWith);
        data.lines << Words::tr("now uses the weight of %1: no bytes of its own").arg(owner);
    } else if (!cell.state.technique.isEmpty()) {
        data.lines << (cell.state.bytes
                           ? Words::tr("now %1: %2")
                                 .arg(bytesText(*cell.state.bytes), cell.state.technique)
                           : Words::tr("%1: size known after measuring").arg(cell.state.technique));
    }
    if (const std::optional<double> error = measuredError(run, cell.name))
        data.figures.emplace_back(Words::tr("weight error, measured"), errorText(*error));
    return data;
}

HistogramData histogramOf(const LayerMapCell &cell, const LayerLook &look)
{
    HistogramData histogram;
    histogram.low = look.before.low;
    histogram.high = look.before.high;
    histogram.before = look.before.histogram;
    if (look.after) {
        histogram.after = look.after->histogram;
        histogram.afterTitle = cell.state.technique;
    }
    if (!cell.state.families.empty())
        histogram.family = cell.state.families.back();
    if (look.values && look.values->values.size() <= mostTicks)
        histogram.values = look.values->values;
    return histogram;
}

/// "15 values for each group of 64 weights; the ticks are those of a typical group."
QString valuesText(const CodecValues &values)
{
    const QString count = QString::number(values.values.size());
    const bool ticks = values.values.size() <= mostTicks;
    switch (values.slot) {
    case CodecValues::Slot::Matrix:
        return ticks ? Words::tr("%1 values for the whole matrix: the ticks.").arg(count)
                     : Words::tr("%1 values for the whole matrix.").arg(count);
    case CodecValues::Slot::Row:
        return ticks ? Words::tr("%1 values for each row; the ticks are those of a typical row.")
                           .arg(count)
                     : Words::tr("%1 values for each row.").arg(count);
    case CodecValues::Slot::Group:
        break;
    }
    return ticks
               ? Words::tr("%1 values for each group of %2 weights; the ticks are those of a "
                           "typical group.")
                     .arg(count)
                     .arg(values.group)
               : Words::tr("%1 values for each group of %2 weights.").arg(count).arg(values.group);
}

void addLook(InspectorData &data, const LayerMapCell &cell, const LayerLook &look, const Run *run)
{
    data.histogram = histogramOf(cell, look);
    if (look.unknown)
        data.histogramNote = translated(*look.unknown);
    else if (look.values)
        data.histogramNote = valuesText(*look.values);
    if (look.after && !measuredError(run, cell.name))
        data.figures.emplace_back(Words::tr("weight error, of this matrix"),
                                  errorText(100 * look.weightError));
    data.figures.emplace_back(Words::tr("weights"), countText(look.before.count));
    const auto add = [&](const QString &title, double LayerLook::Statistics::*member,
                         QString (*text)(double)) {
        const auto after = look.after ? std::optional(text((*look.after).*member)) : std::nullopt;
        data.figures.emplace_back(title, beforeAndAfter(text(look.before.*member), after));
    };
    add(Words::tr("mean"), &LayerLook::Statistics::mean, number);
    add(Words::tr("standard deviation"), &LayerLook::Statistics::deviation, number);
    add(Words::tr("smallest"), &LayerLook::Statistics::minimum, number);
    add(Words::tr("largest"), &LayerLook::Statistics::maximum, number);
    add(Words::tr("kurtosis"), &LayerLook::Statistics::kurtosis, number);
    add(Words::tr("zeros"), &LayerLook::Statistics::zeros, percent);
}

} // namespace

std::optional<double> measuredError(const Run *run, std::string_view layer)
{
    if (!run)
        return std::nullopt;
    const auto record = std::ranges::find(run->layers, layer, &LayerRecord::name);
    if (record == run->layers.end() || std::isnan(record->weightError))
        return std::nullopt;
    return 100 * record->weightError;
}

InspectorData inspectorData(const Document &document, const LayerMapData &map,
                            const Inspected &inspected)
{
    Cells cells;
    for (const QString &name : inspected.selected) {
        if (const auto index = map.find(name.toStdString()))
            cells.push_back(&map.cells[*index]);
    }
    if (cells.empty()) {
        InspectorData nothing;
        if (!map.cells.empty())
            nothing.fill = Words::tr("Choose the largest layer");
        return nothing;
    }
    if (cells.size() > 1)
        return severalLayers(cells, inspected.run);
    const LayerMapCell &cell = *cells.front();
    const std::optional<LayerLook> &look = inspected.seen.look;
    const bool looked = look && look->name == cell.name;
    InspectorData data = oneLayer(cell, inspected.run);
    if (!document.model().weightsKnown)
        data.histogramNote = noWeightsText();
    else if (!looked)
        data.histogramNote = Words::tr("Looking at the weights …");
    else
        addLook(data, cell, *look, inspected.run);
    data.spectrum = spectrumPage(document, cell, inspected);
    data.matrix = matrixPage(document, cell, inspected);
    data.options = optionsPage(document, cell, inspected);
    if (looked) {
        data.why = whyItMatters(document, cell, inspected);
        data.whyPages = whyPages(cell, inspected);
    }
    return data;
}

} // namespace pare

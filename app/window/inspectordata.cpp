#include "app/document/document.h"
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

/// "0.31 % to 2.4 %", or nothing where nothing was measured.
QString errorRange(const LayerMapData &map, const Cells &cells)
{
    std::vector<double> errors;
    for (const LayerMapCell *cell : cells) {
        if (!std::isnan(cell->state.value))
            errors.push_back(cell->state.value);
    }
    if (errors.empty())
        return {};
    const auto [least, most] = std::ranges::minmax(errors);
    return least == most ? valueText(map, most)
                         : Words::tr("%1 to %2").arg(valueText(map, least), valueText(map, most));
}

InspectorData severalLayers(const LayerMapData &map, const Cells &cells)
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
    data.figures.emplace_back(Words::tr("weights"), countText(weights));
    if (const QString errors = errorRange(map, cells); !errors.isEmpty())
        data.figures.emplace_back(Words::tr("weight error"), errors);
    return data;
}

InspectorData oneLayer(const LayerMapData &map, const LayerMapCell &cell)
{
    InspectorData data;
    data.title = QString::fromStdString(cell.name);
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
    if (!std::isnan(cell.state.value))
        data.figures.emplace_back(Words::tr("weight error, measured"),
                                  valueText(map, cell.state.value));
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
        if (!cell.state.families.empty())
            histogram.family = cell.state.families.back();
    }
    return histogram;
}

void addLook(InspectorData &data, const LayerMapData &map, const LayerMapCell &cell,
             const LayerLook &look)
{
    data.histogram = histogramOf(cell, look);
    if (look.unknown)
        data.histogramNote = translated(*look.unknown);
    if (look.after && std::isnan(cell.state.value))
        data.figures.emplace_back(Words::tr("weight error, of this matrix"),
                                  valueText(map, 100 * look.weightError));
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

InspectorData inspectorData(const Document &document, const LayerMapData &map,
                            const QStringList &selected, const std::optional<LayerLook> &look)
{
    Cells cells;
    for (const QString &name : selected) {
        if (const auto index = map.find(name.toStdString()))
            cells.push_back(&map.cells[*index]);
    }
    if (cells.empty())
        return {};
    if (cells.size() > 1)
        return severalLayers(map, cells);
    InspectorData data = oneLayer(map, *cells.front());
    if (!document.model().weightsKnown)
        data.histogramNote =
            Words::tr("There are no weights to look at: only config.json was found.");
    else if (!look || look->name != cells.front()->name)
        data.histogramNote = Words::tr("Looking at the weights …");
    else
        addLook(data, map, *cells.front(), *look);
    return data;
}

} // namespace pare

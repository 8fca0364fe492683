#include "app/report/pictures.h"

#include "widgets/charts/chartexport.h"
#include "widgets/layermap/layermapexport.h"

#include <QCoreApplication>

namespace pare {

namespace {

constexpr QSize curveSize(1200, 675);

/// From "<svg" on: what stands before it (XML declaration, doctype) may not stand within HTML.
QByteArray withoutProlog(const QByteArray &svg)
{
    return svg.mid(std::max<qsizetype>(0, svg.indexOf("<svg")));
}

} // namespace

TradeoffData tradeoffData(const std::vector<Run> &runs)
{
    TradeoffData data;
    if (!runs.empty())
        data.points.push_back(originalPoint(runs.front()));
    for (const Run &run : runs) {
        if (!isOriginal(run))
            data.points.push_back(tradeoffPoint(run));
    }
    return data;
}

QByteArray curveSvg(const std::vector<Run> &runs, const QString &caption)
{
    return withoutProlog(
        chartPicture(tradeoffData(runs), PictureFormat::Svg, {curveSize, QString(), caption}));
}

QByteArray layerMapSvg(const ModelDescription &model, const Run &run)
{
    std::map<std::string, LayerState> states;
    for (const LayerRecord &record : run.layers)
        states[record.name] = stateOf(record);
    LayerMapData data = layerMapData(model, states);
    data.valueTitle = QCoreApplication::translate("pare", "weight error");
    data.valueUnit = QStringLiteral("%");
    LayerMapExport options;
    options.colour = LayerColour::Value;
    return withoutProlog(layerMapSvg(data, options));
}

} // namespace pare

#include "app/report/pictures.h"

#include "core/base/error.h"
#include "core/base/messages.h"
#include "widgets/charts/chartexport.h"
#include "widgets/layermap/layermap.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QPainter>
#include <QScrollBar>
#include <QSvgGenerator>
#include <QTemporaryDir>

namespace pare {

namespace {

constexpr QSize curveSize(1200, 675);
constexpr int mapWidth = 960;

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
        if (!run.recipe.steps.empty())
            data.points.push_back(tradeoffPoint(run));
    }
    return data;
}

QByteArray curveSvg(const std::vector<Run> &runs, const QString &title, const QString &caption)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("curve.svg");
    exportChart(tradeoffData(runs), path, {curveSize, title, caption});
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::Io, messages::cannotRead, path.toStdString(), file.errorString().toStdString());
    return withoutProlog(file.readAll());
}

QByteArray layerMapSvg(const ModelDescription &model, const Run &run)
{
    std::map<std::string, LayerState> states;
    for (const LayerRecord &record : run.layers)
        states[record.name] = stateOf(record);
    LayerMap map;
    map.setPalette(Theme::light().palette());
    map.setFrameShape(QFrame::NoFrame);
    map.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    map.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    LayerMapData data = layerMapData(model, states);
    data.valueTitle = QCoreApplication::translate("Report", "weight error");
    data.valueUnit = "%";
    map.setData(std::move(data));
    map.setColour(LayerColour::Value);
    // As high as it takes: the scroll bar says how much of the content does not fit.
    map.resize(mapWidth, 400);
    map.ensurePolished();
    map.resize(mapWidth, 400 + map.verticalScrollBar()->maximum());

    QByteArray svg;
    QBuffer buffer(&svg);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(map.size());
    generator.setViewBox(QRect(QPoint(), map.size()));
    QPainter painter(&generator);
    map.render(&painter, QPoint(), QRegion(), QWidget::DrawChildren);
    painter.end();
    return withoutProlog(svg);
}

} // namespace pare

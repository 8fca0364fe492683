#include "app/report/pictures.h"

#include "widgets/charts/chartexport.h"
#include "widgets/layermap/layermapexport.h"

#include <QRegularExpression>

namespace pare {

namespace {

constexpr QSize curveSize(1200, 675);

ChartExport chartOptions(ThemeMode mode)
{
    ChartExport options;
    options.size = curveSize;
    options.mode = mode;
    return options;
}

LayerMapExport mapOptions(ThemeMode mode)
{
    LayerMapExport options;
    options.colour = LayerColour::Value;
    options.mode = mode;
    return options;
}

} // namespace

TradeoffData tradeoffData(std::span<const Run> runs)
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

QByteArray pictureSvg(const ReportPicture &picture, ThemeMode mode)
{
    if (const auto *chart = std::get_if<TradeoffData>(&picture.shown))
        return chartPicture(*chart, PictureFormat::Svg, chartOptions(mode));
    return layerMapSvg(std::get<LayerMapData>(picture.shown), mapOptions(mode));
}

FigureDrawing pictureDrawing(const ReportPicture &picture)
{
    if (const auto *chart = std::get_if<TradeoffData>(&picture.shown))
        return chartDrawing(*chart, chartOptions(ThemeMode::Light));
    return layerMapDrawing(std::get<LayerMapData>(picture.shown), mapOptions(ThemeMode::Light));
}

QByteArray picturePng(const ReportPicture &picture)
{
    if (const auto *chart = std::get_if<TradeoffData>(&picture.shown))
        return chartPicture(*chart, PictureFormat::Png, chartOptions(ThemeMode::Light));
    return layerMapPng(std::get<LayerMapData>(picture.shown), mapOptions(ThemeMode::Light));
}

QByteArray inlineSvg(const QByteArray &svg, const QString &cssClass, const QString &text,
                     const QString &prefix)
{
    QString body = QString::fromUtf8(svg);
    static const QRegularExpression box(QStringLiteral("viewBox=\"([^\"]*)\""));
    const QString viewBox = box.match(body).captured(1);
    body.remove(0, body.indexOf(QLatin1String("<svg")));
    body.remove(0, body.indexOf('>') + 1);
    // Browsers show a title as a tool tip, and what Qt has to say there is of no use.
    static const QRegularExpression about(QStringLiteral("<(title|desc)>[^<]*</\\1>"));
    body.remove(about);
    body.remove(QLatin1String(" xml:space=\"preserve\""));
    body.replace(QLatin1String(" id=\""), QLatin1String(" id=\"") + prefix);
    body.replace(QLatin1String("url(#"), QLatin1String("url(#") + prefix);
    return QStringLiteral("<svg class=\"%1\" role=\"img\" aria-label=\"%2\" viewBox=\"%3\">")
               .arg(cssClass, text.toHtmlEscaped(), viewBox)
               .toUtf8() +
           body.trimmed().toUtf8();
}

} // namespace pare

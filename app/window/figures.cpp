#include "app/window/figures.h"

#include <QImage>
#include <QMimeData>

namespace pare {

namespace {

constexpr double screenWidth = 1600; // pixels

QByteArray drawn(const TradeoffData &data, PictureFormat format, const ChartExport &options)
{
    return chartPicture(data, format, options);
}

QByteArray drawn(const PlotFigure &figure, PictureFormat format, const ChartExport &options)
{
    return plotPicture(figure, format, options);
}

QByteArray drawn(const MapFigure &map, PictureFormat format, const ChartExport &asked)
{
    LayerMapExport options = map.options;
    options.mode = ThemeMode::Light;
    options.paper = asked.paper;
    if (!options.paper) { // as wide as the others, in the program's own font
        options.paper = FigureStyle();
        options.paper->points = 9;
        options.paper->widthMm = screenWidth * 25.4 / options.paper->dotsPerInch;
    }
    return layerMapFigure(map.data, format, options);
}

} // namespace

const char *nameOf(FigureKind kind)
{
    switch (kind) {
    case FigureKind::Chart:
        return "chart";
    case FigureKind::SecondChart:
        return "secondChart";
    case FigureKind::Map:
        return "map";
    case FigureKind::Loss:
        return "loss";
    case FigureKind::Histogram:
        return "histogram";
    case FigureKind::Spectrum:
        return "spectrum";
    case FigureKind::Matrix:
        break;
    }
    return "matrix";
}

QByteArray figurePicture(const FigureSubject &subject, PictureFormat format, const FigureLook &look)
{
    ChartExport options;
    options.paper = look.paper;
    if (look.texts == FigureTexts::Titled) {
        options.title = subject.title;
        options.caption = subject.caption;
    }
    return std::visit([&](const auto &shown) { return drawn(shown, format, options); },
                      subject.shown);
}

FigureTable figureTable(const FigureSubject &subject)
{
    if (const auto *chart = std::get_if<TradeoffData>(&subject.shown))
        return chartTable(*chart);
    if (const auto *map = std::get_if<MapFigure>(&subject.shown))
        return layerMapTable(map->data);
    return std::get<PlotFigure>(subject.shown).table;
}

std::unique_ptr<QMimeData> copiedPicture(const FigureSubject &subject, const FigureLook &look)
{
    auto copied = std::make_unique<QMimeData>();
    copied->setImageData(QImage::fromData(figurePicture(subject, PictureFormat::Png, look)));
    copied->setData(QStringLiteral("image/svg+xml"),
                    figurePicture(subject, PictureFormat::Svg, look));
    return copied;
}

std::unique_ptr<QMimeData> copiedFigures(const FigureSubject &subject)
{
    const FigureTable table = figureTable(subject);
    auto copied = std::make_unique<QMimeData>();
    copied->setText(table.tabbed());
    copied->setData(QStringLiteral("text/csv"), table.csv());
    return copied;
}

} // namespace pare

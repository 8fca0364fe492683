#include "widgets/layermap/layermapexport.h"

#include "widgets/layermap/layermaplegend.h"
#include "widgets/layermap/layermappainter.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>
#include <string_view>

namespace pare {

namespace {

/// Lays the map out once and draws it on whatever device.
class Sheet
{
public:
    Sheet(const LayerMapData &data, const LayerMapExport &options)
        : m_data(data)
        , m_options(options)
        , m_theme(options.paper ? Theme::light() : Theme::of(options.mode))
        , m_font(options.paper ? options.paper->font() : pixelFont(QGuiApplication::font()))
        , m_layout(layerMapLayout(data, LayerMapMetrics::of(QFontMetricsF(m_font)),
                                  {options.widths, static_cast<qreal>(options.width), 1}))
        , m_legendHeight(QFontMetricsF(m_font).height() + spacing::around)
    {
        m_theme.background = m_theme.panel;
    }

    QSize size() const
    {
        return {std::max(m_options.width, static_cast<int>(std::ceil(m_layout.size.width()))),
                static_cast<int>(std::ceil(m_layout.size.height() + m_legendHeight))};
    }

    void paint(QPainter &painter) const
    {
        const QRectF whole(QPointF(0, 0), size());
        painter.fillRect(whole, m_theme.background);
        const LayerMapColouring colouring(m_data, m_options.colour, m_theme);
        const LayerMapScene scene{m_data, m_layout, colouring, m_theme, m_font, whole, {}, {}, {}};
        LayerMapPainter(scene, painter).paint();
        painter.setFont(smallerFont(m_font));
        const QRectF legend(spacing::around, m_layout.size.height(),
                            whole.width() - 2 * spacing::around, m_legendHeight);
        paintLayerMapLegend(painter, legend, colouring, m_options.widths, m_theme);
    }

private:
    const LayerMapData &m_data;
    const LayerMapExport &m_options;
    Theme m_theme;
    QFont m_font;
    LayerMapLayout m_layout;
    qreal m_legendHeight;
};

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "error_percent", "time_us", "bits"
QString columnOf(const LayerMeasure &measure)
{
    const QString unit = measure.unit == QLatin1String("%")     ? QStringLiteral("percent")
                         : measure.unit == QStringLiteral("µs") ? QStringLiteral("us")
                                                                : measure.unit;
    const QString key = QString::fromStdString(measure.key);
    return unit.isEmpty() ? key : key + '_' + unit;
}

} // namespace

QByteArray layerMapSvg(const LayerMapData &data, const LayerMapExport &options)
{
    const Sheet sheet(data, options);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(sheet.size());
    generator.setViewBox(QRect(QPoint(0, 0), sheet.size()));
    QPainter painter(&generator);
    sheet.paint(painter);
    painter.end();
    return bytes;
}

FigureDrawing layerMapDrawing(const LayerMapData &data, const LayerMapExport &options)
{
    const Sheet sheet(data, options);
    FigureDrawing drawing;
    drawing.units = sheet.size();
    QPainter painter(&drawing.commands);
    sheet.paint(painter);
    return drawing;
}

QByteArray layerMapPng(const LayerMapData &data, const LayerMapExport &options)
{
    const Sheet sheet(data, options);
    QImage image(sheet.size() * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    QPainter painter(&image);
    sheet.paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray layerMapFigure(const LayerMapData &data, PictureFormat format, LayerMapExport options)
{
    if (!options.paper)
        options.paper = FigureStyle();
    const FigureStyle &paper = *options.paper;
    options.width = qRound(paper.widthMm / paper.millimetresPerUnit());
    const Sheet sheet(data, options);
    FigureSheet figure;
    figure.units = sheet.size();
    figure.millimetresPerUnit = paper.widthMm / figure.units.width();
    figure.dotsPerInch = paper.dotsPerInch;
    return drawnFigure(format, figure, [&](QPaintDevice &device, double scale) {
        QPainter painter(&device);
        painter.scale(scale, scale);
        sheet.paint(painter);
    });
}

FigureTable layerMapTable(const LayerMapData &data)
{
    FigureTable table;
    for (const char *column : {"layer", "role", "stack", "block", "shape", "dtype", "bytes_before",
                               "bytes_after", "shared_with", "techniques"})
        table.columns << QLatin1String(column);
    table.columns << columnOf(data.shown);
    for (const LayerMapCell &cell : data.cells) {
        QStringList shape;
        for (const std::int64_t size : cell.shape)
            shape << QString::number(size);
        table.rows.push_back({QString::fromStdString(cell.name), fromView(nameOf(cell.role)),
                              QString::fromStdString(cell.stack),
                              cell.block >= 0 ? QString::number(cell.block) : QString(),
                              shape.join('x'), fromView(nameOf(cell.dtype)),
                              QString::number(cell.bytesBefore),
                              cell.state.bytes ? QString::number(*cell.state.bytes) : QString(),
                              QString::fromStdString(cell.state.sharedWith), cell.state.technique,
                              plainNumber(cell.state.value)});
    }
    return table;
}

} // namespace pare

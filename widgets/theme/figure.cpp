#include "widgets/theme/figure.h"

#include "widgets/theme/theme.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace pare {

namespace {

constexpr double millimetresPerPoint = 25.4 / 72;
constexpr double thinLine = 1.25; // units

QByteArray png(const FigureSheet &sheet, const std::function<void(QPaintDevice &, double)> &paint)
{
    const double scale = sheet.millimetresPerUnit / 25.4 * sheet.dotsPerInch;
    QImage image((sheet.units * scale).toSize().expandedTo(QSize(1, 1)), QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setDotsPerMeterX(qRound(sheet.dotsPerInch / 0.0254));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    paint(image, scale);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray svg(const FigureSheet &sheet, const std::function<void(QPaintDevice &, double)> &paint)
{
    constexpr int hundredths = 2540; // of a millimetre: how exact the size is
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(hundredths);
    generator.setSize((sheet.units * sheet.millimetresPerUnit * 100).toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), sheet.units));
    generator.setTitle(sheet.title);
    paint(generator, 1);
    return bytes;
}

QByteArray pdf(const FigureSheet &sheet, const std::function<void(QPaintDevice &, double)> &paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(1200);
    writer.setPageSize(QPageSize(sheet.units * sheet.millimetresPerUnit, QPageSize::Millimeter, {},
                                 QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(sheet.title);
    paint(writer, sheet.millimetresPerUnit / 25.4 * 1200);
    return bytes;
}

} // namespace

QFont FigureStyle::font() const
{
    QFont font = pixelFont(QGuiApplication::font());
    if (!family.isEmpty())
        font.setFamilies({family});
    return font;
}

double FigureStyle::millimetresPerUnit() const
{
    return points * millimetresPerPoint / smallerFont(font()).pixelSize();
}

double FigureStyle::lineScale() const
{
    return lineWidth * millimetresPerPoint / (thinLine * millimetresPerUnit());
}

QByteArray drawnFigure(PictureFormat format, const FigureSheet &sheet,
                       const std::function<void(QPaintDevice &, double)> &paint)
{
    switch (format) {
    case PictureFormat::Png:
        return png(sheet, paint);
    case PictureFormat::Svg:
        return svg(sheet, paint);
    case PictureFormat::Pdf:
        return pdf(sheet, paint);
    }
    return {};
}

QString suffixOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Svg:
        return QStringLiteral("svg");
    case PictureFormat::Pdf:
        return QStringLiteral("pdf");
    case PictureFormat::Png:
        break;
    }
    return QStringLiteral("png");
}

} // namespace pare

#include "widgets/charts/chartexport.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "widgets/charts/messages.h"
#include "widgets/charts/tradeoffplot.h"
#include "widgets/theme/familymark.h"

#include <QApplication>
#include <QBuffer>
#include <QFileInfo>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <cmath>
#include <algorithm>
#include <set>

namespace pare {

namespace {

constexpr double dotsPerInch = 96;

/// Draws the whole picture in a space of `size`, whatever device it ends on.
class Sheet
{
public:
    Sheet(const TradeoffData &data, const ChartExport &options, const QSize &size)
        : m_data(data)
        , m_options(options)
        , m_size(size)
        , m_theme(Theme::of(options.mode))
        , m_font(pixelFont(QApplication::font()))
    {
        m_theme.background = m_theme.panel;
    }

    void paint(QCPPainter &painter)
    {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(QRect(QPoint(0, 0), m_size), m_theme.panel);
        const QFontMetricsF metrics(m_font);
        const int margin = spacing::around;
        qreal top = margin;
        if (!m_options.title.isEmpty()) {
            painter.setFont(heavierFont(m_font));
            painter.setPen(m_theme.text);
            painter.drawText(QPointF(margin, top + metrics.ascent()), m_options.title);
            top += metrics.height() + spacing::tight;
        }
        paintLegend(painter, top);
        top += metrics.height() + spacing::inside;
        const qreal bottom = m_options.caption.isEmpty() ? 0 : metrics.height() + spacing::inside;
        if (bottom > 0) {
            painter.setFont(smallerFont(m_font));
            painter.setPen(m_theme.secondary);
            const qreal room = m_size.width() - 2 * margin;
            painter.drawText(
                QPointF(margin, m_size.height() - margin + 2),
                QFontMetricsF(painter.font()).elidedText(m_options.caption, Qt::ElideRight, room));
        }
        paintPlot(painter,
                  QRect(spacing::inside, static_cast<int>(top),
                        m_size.width() - 2 * spacing::inside,
                        m_size.height() - static_cast<int>(top + bottom) - spacing::inside));
    }

private:
    void paintLegend(QCPPainter &painter, qreal top)
    {
        std::set<Family> families;
        for (const TradeoffPoint &point : m_data.points)
            families.insert(point.families.begin(), point.families.end());
        painter.setFont(smallerFont(m_font));
        const QFontMetricsF metrics(painter.font());
        const qreal middle = top + metrics.height() / 2;
        qreal x = spacing::around;
        for (const Family family : families) {
            painter.fillPath(familyPath(family, QPointF(x + 5, middle), 9), m_theme.family(family));
            const QString title = QCoreApplication::translate("core", titleOf(family));
            painter.setPen(m_theme.secondary);
            painter.drawText(QPointF(x + spacing::around, top + metrics.ascent()), title);
            x += 2 * spacing::around + metrics.horizontalAdvance(title);
        }
        const QString bars =
            QCoreApplication::translate("pare::TradeoffChart", "bars: 95 % intervals");
        painter.setPen(m_theme.secondary);
        const qreal width = metrics.horizontalAdvance(bars);
        if (x + width < m_size.width() - spacing::around)
            painter.drawText(
                QPointF(m_size.width() - spacing::around - width, top + metrics.ascent()), bars);
    }

    void paintPlot(QCPPainter &painter, const QRect &place)
    {
        TradeoffPlot plot;
        plot.runs()->setLabels(FrontLabels::Shown);
        plot.setContent(m_data, m_theme, m_font);
        plot.fit();
        painter.save();
        painter.translate(place.topLeft());
        plot.toPainter(&painter, place.width(), place.height());
        painter.restore();
    }

    const TradeoffData &m_data;
    const ChartExport &m_options;
    QSize m_size;
    Theme m_theme;
    QFont m_font;
};

/// Large pictures are the same picture larger, not smaller print.
double magnification(const QSize &size)
{
    return std::max(1.0, std::min(size.width() / 800.0, size.height() / 450.0));
}

QByteArray png(const TradeoffData &data, const ChartExport &options, const QSize &logical,
               double factor)
{
    constexpr double inchesPerMetre = 39.37;
    QImage image(options.size, QImage::Format_RGB32);
    image.setDotsPerMeterX(qRound(options.dotsPerInch * inchesPerMetre));
    image.setDotsPerMeterY(qRound(options.dotsPerInch * inchesPerMetre));
    QCPPainter painter(&image);
    painter.scale(factor, factor);
    Sheet(data, options, logical).paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray svg(const TradeoffData &data, const ChartExport &options, const QSize &logical)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(dotsPerInch));
    generator.setSize(logical);
    generator.setViewBox(QRect(QPoint(0, 0), logical));
    generator.setTitle(options.title);
    QCPPainter painter(&generator);
    painter.setMode(QCPPainter::pmVectorized);
    Sheet(data, options, logical).paint(painter);
    painter.end();
    return bytes;
}

QByteArray pdf(const TradeoffData &data, const ChartExport &options, const QSize &logical)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(static_cast<int>(dotsPerInch));
    writer.setPageSize(
        QPageSize(QSizeF(logical) * 72 / dotsPerInch, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(options.title);
    QCPPainter painter(&writer);
    painter.setMode(QCPPainter::pmVectorized);
    Sheet(data, options, logical).paint(painter);
    painter.end();
    return bytes;
}

} // namespace

QByteArray chartPicture(const TradeoffData &data, PictureFormat format, const ChartExport &options)
{
    const double factor = magnification(options.size);
    const QSize logical(qRound(options.size.width() / factor),
                        qRound(options.size.height() / factor));
    switch (format) {
    case PictureFormat::Png:
        return png(data, options, logical, factor);
    case PictureFormat::Svg:
        return svg(data, options, logical);
    case PictureFormat::Pdf:
        return pdf(data, options, logical);
    }
    return {};
}

QByteArray chartCsv(const TradeoffData &data)
{
    const auto quoted = [](QString text) { return '"' + text.replace('"', "\"\"") + '"'; };
    const auto number = [](double value) {
        return std::isfinite(value) ? QString::number(value, 'g', 12) : QString();
    };
    QString csv = QStringLiteral("run,recipe,families,%1,%2,low,high\r\n")
                      .arg(quoted(data.x.title), quoted(data.y.title));
    for (const TradeoffPoint &point : data.points) {
        QStringList families;
        for (const Family family : point.families)
            families << QString::fromUtf8(titleOf(family));
        csv += QStringList{quoted(point.id),      quoted(point.title),
                           quoted(families.join(QStringLiteral("; "))),
                           number(point.x),       number(point.y),
                           number(point.low),     number(point.high)}
                   .join(',') +
               QStringLiteral("\r\n");
    }
    return csv.toUtf8();
}

void exportChart(const TradeoffData &data, const QString &path, const ChartExport &options)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("csv")) {
        writeFile(path.toStdString(), chartCsv(data).toStdString());
        return;
    }
    const std::pair<const char *, PictureFormat> formats[] = {
        {"png", PictureFormat::Png}, {"svg", PictureFormat::Svg}, {"pdf", PictureFormat::Pdf}};
    for (const auto &[name, format] : formats) {
        if (ending != QLatin1String(name))
            continue;
        const QByteArray bytes = chartPicture(data, format, options);
        writeFile(path.toStdString(),
                  std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        return;
    }
    throw Error(ErrorKind::InvalidSetting, messages::chartFormat, path.toStdString());
}

} // namespace pare

#include "widgets/charts/chartexport.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "widgets/charts/messages.h"
#include "widgets/charts/tradeoffplot.h"
#include "widgets/theme/familymark.h"

#include <QApplication>
#include <QFileInfo>
#include <algorithm>
#include <cmath>
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
        , m_theme(options.paper ? Theme::light() : Theme::of(options.mode))
        , m_font(options.paper ? options.paper->font() : pixelFont(QApplication::font()))
    {
        m_theme.background = m_theme.panel;
    }

    void paint(QCPPainter &painter)
    {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(QRect(QPoint(0, 0), m_size + QSize(1, 1)), m_theme.panel);
        const QFontMetricsF metrics(m_font);
        const int margin = spacing::around;
        qreal top = margin;
        if (!m_options.title.isEmpty()) {
            painter.setFont(heavierFont(m_font));
            painter.setPen(m_theme.text);
            painter.drawText(QPointF(margin, top + metrics.ascent()), m_options.title);
            top += metrics.height() + spacing::tight;
        }
        top = paintLegend(painter, top) + spacing::inside;
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
    /// In as many lines as it needs; returns where it ends.
    qreal paintLegend(QCPPainter &painter, qreal top)
    {
        std::set<Family> families;
        for (const TradeoffPoint &point : m_data.points)
            families.insert(point.families.begin(), point.families.end());
        painter.setFont(smallerFont(m_font));
        const QFontMetricsF metrics(painter.font());
        const qreal end = m_size.width() - spacing::around;
        qreal x = spacing::around;
        const auto place = [&](qreal width) {
            if (x > spacing::around && x + width > end) {
                x = spacing::around;
                top += metrics.height() + 2;
            }
        };
        for (const Family family : families) {
            const QString title = QCoreApplication::translate("core", titleOf(family));
            place(spacing::around + metrics.horizontalAdvance(title));
            painter.fillPath(familyPath(family, QPointF(x + 5, top + metrics.height() / 2), 9),
                             m_theme.family(family));
            painter.setPen(m_theme.secondary);
            painter.drawText(QPointF(x + spacing::around, top + metrics.ascent()), title);
            x += 2 * spacing::around + metrics.horizontalAdvance(title);
        }
        const QString bars =
            QCoreApplication::translate("pare::TradeoffChart", "bars: 95 % intervals");
        const qreal width = metrics.horizontalAdvance(bars);
        place(width);
        painter.setPen(m_theme.secondary);
        painter.drawText(QPointF(std::max(x, end - width), top + metrics.ascent()), bars);
        return top + metrics.height();
    }

    void paintPlot(QCPPainter &painter, const QRect &place)
    {
        TradeoffPlot plot;
        plot.runs()->setLabels(FrontLabels::Shown);
        if (m_options.paper)
            plot.setLineScale(m_options.paper->lineScale());
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

FigureSheet sheetOf(const ChartExport &options, PictureFormat format)
{
    FigureSheet sheet;
    sheet.title = options.title;
    if (options.paper) {
        constexpr double flat = 0.66; // of its width, where nobody says how high
        const FigureStyle &paper = *options.paper;
        const double height = paper.heightMm > 0 ? paper.heightMm : paper.widthMm * flat;
        sheet.millimetresPerUnit = paper.millimetresPerUnit();
        sheet.units = QSizeF(paper.widthMm, height) / sheet.millimetresPerUnit;
        sheet.dotsPerInch = paper.dotsPerInch;
        return sheet;
    }
    const double factor = magnification(options.size);
    sheet.units = QSizeF(options.size) / factor;
    sheet.dotsPerInch = options.dotsPerInch;
    sheet.millimetresPerUnit =
        format == PictureFormat::Png ? 25.4 / options.dotsPerInch * factor : 25.4 / dotsPerInch;
    return sheet;
}

} // namespace

QByteArray chartPicture(const TradeoffData &data, PictureFormat format, const ChartExport &options)
{
    const FigureSheet sheet = sheetOf(options, format);
    return drawnFigure(format, sheet, [&](QPaintDevice &device, double scale) {
        QCPPainter painter(&device);
        if (format != PictureFormat::Png)
            painter.setMode(QCPPainter::pmVectorized);
        painter.scale(scale, scale);
        Sheet(data, options, sheet.units.toSize()).paint(painter);
    });
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
        csv +=
            QStringList{
                quoted(point.id),  quoted(point.title), quoted(families.join(QStringLiteral("; "))),
                number(point.x),   number(point.y),     number(point.low),
                number(point.high)}
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

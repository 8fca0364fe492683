#include "widgets/charts/chartsheet.h"

#include <QApplication>
#include <algorithm>

namespace pare {

namespace {

constexpr double dotsPerInch = 96;
constexpr qreal sampleWidth = 14;

/// Large pictures are the same picture larger, not smaller print.
double magnification(const QSize &size)
{
    return std::max(1.0, std::min(size.width() / 800.0, size.height() / 450.0));
}

FigureSheet sheetOf(const ChartExport &options, PictureFormat format, double flat)
{
    FigureSheet sheet;
    sheet.title = options.title;
    sheet.units = sheetUnits(options, flat);
    sheet.dotsPerInch = options.paper ? options.paper->dotsPerInch : options.dotsPerInch;
    sheet.millimetresPerUnit = options.paper ? options.paper->millimetresPerUnit()
                               : format == PictureFormat::Png
                                   ? 25.4 / options.dotsPerInch * magnification(options.size)
                                   : 25.4 / dotsPerInch;
    return sheet;
}

} // namespace

ChartSheet::ChartSheet(const ChartExport &options, const QSize &size)
    : m_options(options)
    , m_size(size)
    , m_theme(options.paper ? Theme::light() : Theme::of(options.mode))
    , m_font(options.paper ? options.paper->font() : pixelFont(QApplication::font()))
{
    m_theme.background = m_theme.panel;
}

QRect ChartSheet::paintFrame(QPainter &painter, const std::vector<LegendEntry> &legend,
                             const QString &note) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRect(QPoint(0, 0), m_size + QSize(1, 1)), m_theme.panel);
    const QFontMetricsF metrics(m_font);
    const int margin = spacing::around;
    const qreal room = m_size.width() - 2 * margin;
    const auto draw = [&](const QFont &font, const QColor &colour, qreal baseline,
                          const QString &text) {
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(QPointF(margin, baseline),
                         QFontMetricsF(font).elidedText(text, Qt::ElideRight, room));
    };
    qreal top = margin;
    if (!m_options.title.isEmpty()) {
        draw(heavierFont(m_font), m_theme.text, top + metrics.ascent(), m_options.title);
        top += metrics.height() + spacing::tight;
    }
    top = paintLegend(painter, top, legend, note) + spacing::inside;
    const qreal bottom = m_options.caption.isEmpty() ? 0 : metrics.height() + spacing::inside;
    if (bottom > 0)
        draw(smallerFont(m_font), m_theme.secondary, m_size.height() - margin + 2,
             m_options.caption);
    return {spacing::inside, static_cast<int>(top), m_size.width() - 2 * spacing::inside,
            m_size.height() - static_cast<int>(top + bottom) - spacing::inside};
}

/// In as many lines as it needs; returns where it ends.
qreal ChartSheet::paintLegend(QPainter &painter, qreal top, const std::vector<LegendEntry> &legend,
                              const QString &note) const
{
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
    const qreal textAt = sampleWidth + spacing::tight + 1;
    for (const LegendEntry &entry : legend) {
        place(textAt + metrics.horizontalAdvance(entry.text));
        painter.save();
        entry.draw(painter, QPointF(x + sampleWidth / 2, top + metrics.height() / 2));
        painter.restore();
        painter.setPen(m_theme.secondary);
        painter.drawText(QPointF(x + textAt, top + metrics.ascent()), entry.text);
        x += textAt + spacing::around + metrics.horizontalAdvance(entry.text);
    }
    if (note.isEmpty())
        return legend.empty() ? top : top + metrics.height();
    const qreal width = metrics.horizontalAdvance(note);
    place(width);
    painter.setPen(m_theme.secondary);
    painter.drawText(QPointF(std::max(x, end - width), top + metrics.ascent()), note);
    return top + metrics.height();
}

QSizeF sheetUnits(const ChartExport &options, double flat)
{
    if (!options.paper)
        return QSizeF(options.size) / magnification(options.size);
    const FigureStyle &paper = *options.paper;
    const double height = paper.heightMm > 0 ? paper.heightMm : paper.widthMm * flat;
    return QSizeF(paper.widthMm, height) / paper.millimetresPerUnit();
}

QByteArray sheetPicture(PictureFormat format, const ChartExport &options, double flat,
                        const std::function<void(QCPPainter &, const ChartSheet &)> &paint)
{
    const FigureSheet sheet = sheetOf(options, format, flat);
    return drawnFigure(format, sheet, [&](QPaintDevice &device, double scale) {
        QCPPainter painter(&device);
        if (format != PictureFormat::Png)
            painter.setMode(QCPPainter::pmVectorized);
        painter.scale(scale, scale);
        paint(painter, ChartSheet(options, sheet.units.toSize()));
    });
}

void paintPlot(QCPPainter &painter, QCustomPlot &plot, const QRect &place)
{
    painter.save();
    painter.translate(place.topLeft());
    plot.toPainter(&painter, place.width(), place.height());
    painter.restore();
}

} // namespace pare

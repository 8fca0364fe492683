#include "widgets/charts/histogramview.h"

#include "widgets/theme/theme.h"
#include "widgets/theme/tooltips.h"
#include "widgets/theme/words.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace pare {

namespace {

std::int64_t sum(const std::vector<std::int64_t> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t(0));
}

QString shareText(std::int64_t count, std::int64_t total)
{
    const double share =
        total > 0 ? 100.0 * static_cast<double>(count) / static_cast<double>(total) : 0;
    return numberText(share, share < 10 ? 1 : 0);
}

} // namespace

QString weightText(double value)
{
    if (value == 0)
        return QStringLiteral("0");
    const int decimals =
        std::clamp(1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 6);
    QString text = numberText(std::abs(value), decimals);
    return value < 0 ? QChar(0x2212) + text : text;
}

std::int64_t histogramCeiling(const std::vector<std::int64_t> &counts)
{
    std::int64_t first = 0;
    std::int64_t second = 0;
    for (const std::int64_t count : counts) {
        second = std::max(second, std::min(first, count));
        first = std::max(first, count);
    }
    return second > 0 && first > 3 * second ? second : first;
}

bool onlyRemoved(const HistogramData &data)
{
    if (data.after.size() != data.before.size())
        return false;
    int more = 0;
    for (std::size_t i = 0; i < data.before.size(); ++i)
        more += data.after[i] > data.before[i] ? 1 : 0;
    return more <= 1;
}

bool HistogramData::isEmpty() const
{
    return before.empty() || !(high > low) || sum(before) <= 0;
}

HistogramView::HistogramView(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Histogram of the weights"));
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void HistogramView::setData(HistogramData data)
{
    m_data = std::move(data);
    QString text;
    if (!m_data.isEmpty())
        text = tr("%1 weights between %2 and %3.")
                   .arg(countText(sum(m_data.before)), weightText(m_data.low),
                        weightText(m_data.high));
    if (!m_data.after.empty() && !m_data.afterTitle.isEmpty())
        text += ' ' + tr("Afterwards: %1.").arg(m_data.afterTitle);
    setAccessibleDescription(text);
    update();
}

QSize HistogramView::sizeHint() const
{
    return {320, fontMetrics().height() * 11};
}

QSize HistogramView::minimumSizeHint() const
{
    return {160, fontMetrics().height() * 7};
}

QRectF HistogramView::plotRect() const
{
    const qreal line = QFontMetricsF(smallerFont(font())).height();
    return QRectF(rect()).adjusted(2, line + spacing::wide, -2, -line - spacing::tight - 2);
}

qreal HistogramView::baseline() const
{
    const QRectF plot = plotRect();
    return m_data.after.empty() ? plot.bottom() : std::round(plot.center().y());
}

std::optional<std::size_t> HistogramView::binAt(const QPointF &position) const
{
    const QRectF plot = plotRect();
    if (m_data.isEmpty() || !plot.contains(position))
        return std::nullopt;
    const auto bins = static_cast<qreal>(m_data.before.size());
    return std::min(static_cast<std::size_t>((position.x() - plot.left()) / plot.width() * bins),
                    m_data.before.size() - 1);
}

bool HistogramView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto bin = binAt(help->pos());
    if (!bin) {
        QToolTip::hideText();
        return true;
    }
    const double width = (m_data.high - m_data.low) / static_cast<double>(m_data.before.size());
    const double left = m_data.low + width * static_cast<double>(*bin);
    QString text =
        tr("%1 to %2").arg(weightText(left), weightText(left + width)) + QStringLiteral("<br>") +
        tr("before: %1 % of the weights").arg(shareText(m_data.before[*bin], sum(m_data.before)));
    if (*bin < m_data.after.size())
        text += QStringLiteral("<br>") +
                tr("after: %1 %").arg(shareText(m_data.after[*bin], sum(m_data.after)));
    QToolTip::showText(help->globalPos(), inLines(text), this);
    return true;
}

QColor HistogramView::afterColour() const
{
    const Theme theme = Theme::of(palette());
    return m_data.family ? theme.family(*m_data.family) : theme.accent;
}

void HistogramView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as the axis runs
    painter.fillRect(rect(), theme.panel);
    painter.setFont(smallerFont(font()));
    if (m_data.isEmpty()) {
        painter.setPen(theme.secondary);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("The weights of the selected layer show here."));
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    paintBars(painter);
    paintAxis(painter);
    paintValues(painter);
    paintLegend(painter);
}

/// Its samples stand on a line or hang from it, as the bars do: colour alone need not tell them.
void HistogramView::paintLegend(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    const QFontMetricsF metrics(painter.font());
    const bool mirrored = !m_data.after.empty();
    qreal x = 2;
    const auto entry = [&](const QColor &colour, const QString &text, bool down) {
        const qreal side = std::round(metrics.height() * 0.55);
        const qreal top = std::round((metrics.height() - side) / 2);
        painter.fillRect(QRectF(x, top, side, side), colour);
        if (mirrored)
            painter.fillRect(QRectF(x - 2, down ? top - 2 : top + side + 1, side + 4, 1),
                             theme.text);
        x += side + spacing::inside;
        painter.setPen(theme.secondary);
        const QString shown =
            metrics.elidedText(text, Qt::ElideRight, std::max<qreal>(0, width() - x));
        painter.drawText(QPointF(x, metrics.ascent()), shown);
        x += metrics.horizontalAdvance(shown) + spacing::around;
    };
    entry(mixed(theme.panel, theme.secondary, 0.55), mirrored ? tr("before, above") : tr("before"),
          false);
    if (mirrored)
        entry(afterColour(),
              m_data.afterTitle.isEmpty() ? tr("after, below")
                                          : tr("after, below: %1").arg(m_data.afterTitle),
              true);
}

QRectF HistogramView::barOf(const Series &series, std::size_t bin) const
{
    const QRectF plot = plotRect();
    const qreal base = baseline();
    const qreal tallest = series.down ? plot.bottom() - base - 1 : base - plot.top();
    const double share = static_cast<double>(series.counts[bin]) /
                         static_cast<double>(std::max<std::int64_t>(1, series.ceiling));
    const qreal height =
        series.counts[bin] > 0 ? std::max<qreal>(1, tallest * std::min(1.0, share)) : 0;
    const qreal pitch = plot.width() / static_cast<qreal>(series.counts.size());
    return {plot.left() + pitch * static_cast<qreal>(bin), series.down ? base + 1 : base - height,
            pitch, height};
}

void HistogramView::paintSeries(QPainter &painter, const Series &series) const
{
    QRectF cut;
    QString cutShare;
    for (std::size_t i = 0; i < series.counts.size(); ++i) {
        const QRectF whole = barOf(series, i);
        if (whole.height() <= 0)
            continue;
        const qreal width = std::max<qreal>(1, whole.width() * 0.82);
        const QRectF bar(whole.center().x() - width / 2, whole.top(), width, whole.height());
        painter.fillRect(bar, series.colour);
        if (series.counts[i] > series.ceiling) {
            cut = bar;
            cutShare = shareText(series.counts[i], sum(series.counts));
        }
    }
    if (!cut.isNull())
        paintCutMark(painter, cut, cutShare, series.down);
}

/// Of what was there before, behind what is left: how much is gone from each bin.
void HistogramView::paintOutline(QPainter &painter, const Series &series) const
{
    QPolygonF line;
    for (std::size_t i = 0; i < series.counts.size(); ++i) {
        const QRectF bar = barOf(series, i);
        line << (series.down ? bar.bottomLeft() : bar.topLeft())
             << (series.down ? bar.bottomRight() : bar.topRight());
    }
    painter.setPen(QPen(series.colour, 1));
    painter.drawPolyline(line);
}

/// A slanted gap says that the bar goes on; how far, its figure says.
void HistogramView::paintCutMark(QPainter &painter, const QRectF &bar, const QString &share,
                                 bool down) const
{
    const Theme theme = Theme::of(palette());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.panel, 2));
    const qreal gap = down ? bar.bottom() - 12 : bar.top() + 10;
    painter.drawLine(QPointF(bar.left() - 3, gap + 2), QPointF(bar.right() + 3, gap - 2));
    const QFontMetricsF metrics(painter.font());
    const qreal left = bar.left() - 4;
    const qreal right = bar.right() + 4;
    const qreal room = std::max(left - plotRect().left(), plotRect().right() - right);
    QString text = tr("%1 % of the weights").arg(share);
    if (metrics.horizontalAdvance(text) + spacing::inside > room)
        text = tr("%1 %").arg(share);
    const qreal width = metrics.horizontalAdvance(text) + spacing::inside;
    const qreal x = right + width < plotRect().right() ? right : left - width;
    const qreal height = metrics.height() + 2;
    const QRectF place(x, down ? bar.bottom() - height + 2 : bar.top() - 2, width, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(place, 3, 3);
    painter.setPen(theme.text);
    painter.drawText(place, Qt::AlignCenter, text);
    painter.restore();
}

void HistogramView::paintBars(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const std::int64_t ceiling = histogramCeiling(m_data.before);
    const QColor grey = mixed(theme.panel, theme.secondary, 0.55);
    paintSeries(painter, {m_data.before, ceiling, grey});
    if (!m_data.after.empty()) {
        // 16 values hold more weights each than 60 bins do: such a series has a ceiling of its own.
        const bool removed = onlyRemoved(m_data);
        if (removed)
            paintOutline(painter, {m_data.before, ceiling, theme.secondary, true});
        paintSeries(painter, {m_data.after, removed ? ceiling : histogramCeiling(m_data.after),
                              afterColour(), true});
    }
    painter.restore();
}

void HistogramView::paintAxis(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    const QRectF plot = plotRect();
    const QFontMetricsF metrics(painter.font());
    painter.fillRect(QRectF(plot.left(), baseline(), plot.width(), 1),
                     m_data.after.empty() ? theme.line : theme.secondary);
    painter.setPen(theme.secondary);
    const qreal textLine = plot.bottom() + spacing::tight + metrics.ascent();
    const QString low = weightText(m_data.low);
    const QString high = weightText(m_data.high);
    painter.drawText(QPointF(plot.left(), textLine), low);
    painter.drawText(QPointF(plot.right() - metrics.horizontalAdvance(high), textLine), high);
    const qreal zero = plot.left() + plot.width() * (0 - m_data.low) / (m_data.high - m_data.low);
    const QString zeroText = QStringLiteral("0");
    const bool free = zero - 12 > plot.left() + metrics.horizontalAdvance(low) &&
                      zero + 12 < plot.right() - metrics.horizontalAdvance(high);
    if (free)
        painter.drawText(QPointF(zero - metrics.horizontalAdvance(zeroText) / 2, textLine),
                         zeroText);
}

/// On the axis, so that they are seen where no weight is near them too.
void HistogramView::paintValues(QPainter &painter) const
{
    const QRectF plot = plotRect();
    painter.save();
    const qreal base = plot.bottom();
    painter.setPen(QPen(afterColour(), 2));
    for (const double value : m_data.values) {
        const qreal x =
            plot.left() + plot.width() * (value - m_data.low) / (m_data.high - m_data.low);
        if (x >= plot.left() && x <= plot.right())
            painter.drawLine(QPointF(x, base + 1), QPointF(x, base + 5));
    }
    painter.restore();
}

} // namespace pare

#include "widgets/charts/spectrumview.h"

#include "core/base/numbers.h"
#include "widgets/charts/histogramview.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

constexpr qreal grip = 6;           // how near to the cut a drag begins
constexpr double usualEnergy = 0.9; // of the suggested rank

QString byteText(std::int64_t bytes)
{
    return QString::fromStdString(formatBytes(bytes));
}

} // namespace

SpectrumView::SpectrumView(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Singular values"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setToolTip(tr("Drag the line to choose how many singular values are kept."));
}

void SpectrumView::setData(SpectrumData data)
{
    if (data == m_data)
        return;
    m_data = std::move(data);
    m_energies.clear();
    double sum = 0;
    for (const double value : m_data.values)
        m_energies.push_back(sum += value * value);
    for (double &energy : m_energies)
        energy = sum > 0 ? energy / sum : 0;
    m_dragged.reset();
    m_rank = std::clamp(m_data.rank.value_or(suggestedRank()), 0, count());
    describeCut();
    update();
}

void SpectrumView::setRank(int rank)
{
    rank = std::clamp(rank, std::min(1, count()), count());
    if (rank == m_rank)
        return;
    m_rank = rank;
    describeCut();
    update();
    Q_EMIT rankMoved(rank);
}

double SpectrumView::energy(int rank) const
{
    if (m_energies.empty() || rank < 1)
        return 0;
    return m_energies[static_cast<std::size_t>(std::min(rank, count()) - 1)];
}

int SpectrumView::suggestedRank() const
{
    const auto enough = std::ranges::lower_bound(m_energies, usualEnergy);
    const int rank = static_cast<int>(enough - m_energies.begin()) + 1;
    const int most = static_cast<int>(std::ceil(m_data.breakEven)) - 1;
    return std::clamp(std::min(rank, most), std::min(1, count()), std::max(1, count()));
}

QStringList SpectrumView::cutText() const
{
    QStringList lines{tr("rank %1").arg(m_rank),
                      tr("%1 % of the energy").arg(numberText(100 * energy(m_rank), 1))};
    if (m_data.bytesWhole) {
        const std::int64_t saved =
            *m_data.bytesWhole - m_data.bytesFixed - m_rank * m_data.bytesPerRank;
        lines << (saved > 0   ? tr("saves %1").arg(byteText(saved))
                  : saved < 0 ? tr("takes %1 more").arg(byteText(-saved))
                              : tr("saves nothing"));
    }
    return lines;
}

void SpectrumView::describeCut()
{
    if (m_data.values.empty()) {
        setAccessibleDescription({});
        return;
    }
    const auto [least, most] = std::ranges::minmax(m_data.values);
    setAccessibleDescription(
        tr("%1 singular values from %2 to %3. The cut: %4.")
            .arg(count())
            .arg(weightText(most), weightText(least), cutText().join(QStringLiteral(", "))));
}

QSize SpectrumView::sizeHint() const
{
    return {320, fontMetrics().height() * 12};
}

QSize SpectrumView::minimumSizeHint() const
{
    return {160, fontMetrics().height() * 9};
}

QRectF SpectrumView::plotRect() const
{
    const qreal line = QFontMetricsF(smallerFont(font())).height();
    return QRectF(rect()).adjusted(2, 2 * line + spacing::wide, -2, -line - spacing::tight - 2);
}

/// The right edge of the bar of that number.
qreal SpectrumView::xOf(double rank) const
{
    const QRectF plot = plotRect();
    return plot.left() + plot.width() * rank / std::max(1, count());
}

int SpectrumView::rankAt(qreal x) const
{
    const QRectF plot = plotRect();
    return static_cast<int>(std::lround((x - plot.left()) / plot.width() * count()));
}

bool SpectrumView::isOnCut(const QPointF &position) const
{
    return count() > 0 && std::abs(position.x() - xOf(m_rank)) <= grip;
}

void SpectrumView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && isOnCut(event->position()))
        m_dragged = m_rank;
    else
        event->ignore();
}

void SpectrumView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragged)
        setRank(rankAt(event->position().x()));
    setCursor(m_dragged || isOnCut(event->position()) ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void SpectrumView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_dragged)
        return;
    const bool moved = *m_dragged != m_rank;
    m_dragged.reset();
    update();
    if (moved && saves(m_rank))
        Q_EMIT rankChosen(m_rank);
}

void SpectrumView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return setRank(m_rank - 1);
    case Qt::Key_Right:
        return setRank(m_rank + 1);
    case Qt::Key_PageDown:
        return setRank(m_rank - 10);
    case Qt::Key_PageUp:
        return setRank(m_rank + 10);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (saves(m_rank))
            Q_EMIT rankChosen(m_rank);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SpectrumView::focusInEvent(QFocusEvent *event)
{
    update();
    QWidget::focusInEvent(event);
}

void SpectrumView::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

void SpectrumView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as the axis runs
    painter.fillRect(rect(), theme.panel);
    painter.setFont(smallerFont(font()));
    if (m_data.values.empty()) {
        painter.setPen(theme.secondary);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("The singular values of the selected layer show here."));
        return;
    }
    paintValues(painter);
    paintAxis(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintEnergy(painter);
    paintBreakEven(painter);
    paintCut(painter);
    paintLegend(painter);
}

void SpectrumView::paintLegend(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    const QFontMetricsF metrics(painter.font());
    const qreal side = std::round(metrics.height() * 0.55);
    qreal x = 2;
    const auto text = [&](const QString &words) {
        painter.setPen(theme.secondary);
        const QString shown =
            metrics.elidedText(words, Qt::ElideRight, std::max<qreal>(0, width() - x));
        painter.drawText(QPointF(x, metrics.ascent()), shown);
        x += metrics.horizontalAdvance(shown) + spacing::around;
    };
    const qreal top = (metrics.height() - side) / 2;
    painter.fillRect(QRectF(x, top, side, side), theme.family(Family::LowRank));
    x += side + spacing::inside;
    text(tr("singular values kept"));
    painter.setPen(QPen(theme.text, 1.5));
    painter.drawLine(QPointF(x, metrics.height() / 2), QPointF(x + side + 4, metrics.height() / 2));
    x += side + 4 + spacing::inside;
    text(tr("energy"));
}

void SpectrumView::paintValues(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    const QRectF plot = plotRect();
    const double largest = m_data.values.front() > 0 ? m_data.values.front() : 1;
    const bool separate = plot.width() / count() >= 4;
    for (int i = 0; i < count(); ++i) {
        const qreal height =
            plot.height() * std::max(0.0, m_data.values[static_cast<std::size_t>(i)]) / largest;
        const qreal left = xOf(i);
        const qreal width = xOf(i + 1) - left;
        painter.fillRect(QRectF(left, plot.bottom() - height, separate ? width - 1 : width, height),
                         i < m_rank ? theme.family(Family::LowRank)
                                    : mixed(theme.panel, theme.secondary, 0.38));
    }
}

void SpectrumView::paintEnergy(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    const QRectF plot = plotRect();
    QPainterPath path(QPointF(plot.left(), plot.bottom()));
    for (int i = 1; i <= count(); ++i)
        path.lineTo(xOf(i), plot.bottom() - plot.height() * energy(i));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.panel, 3.5)); // stands out from the bars it crosses
    painter.drawPath(path);
    painter.setPen(QPen(theme.text, 1.5));
    painter.drawPath(path);
}

void SpectrumView::paintAxis(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    const QRectF plot = plotRect();
    const QFontMetricsF metrics(painter.font());
    painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), theme.line);
    painter.fillRect(QRectF(plot.left(), plot.top(), plot.width(), 1), theme.line);
    painter.setPen(theme.secondary);
    const qreal baseline = plot.bottom() + spacing::tight + metrics.ascent();
    painter.drawText(QPointF(plot.left(), baseline), QStringLiteral("1"));
    const QString last = QString::number(count());
    painter.drawText(QPointF(plot.right() - metrics.horizontalAdvance(last), baseline), last);
    const QString title = tr("rank");
    painter.drawText(QPointF(plot.center().x() - metrics.horizontalAdvance(title) / 2, baseline),
                     title);
}

void SpectrumView::paintBreakEven(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    const QRectF plot = plotRect();
    const QFontMetricsF metrics(painter.font());
    const qreal x = std::min(xOf(m_data.breakEven), plot.right());
    painter.setPen(QPen(theme.secondary, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, plot.top() - 2), QPointF(x, plot.bottom()));
    const QString text = tr("break-even %1").arg(m_data.breakEven, 0, 'g', 4);
    const qreal width = metrics.horizontalAdvance(text);
    const qreal left = std::clamp(x - width / 2, plot.left(), plot.right() - width);
    painter.drawText(QPointF(left, plot.top() - 4 - metrics.descent()), text);
}

/// The line, its handle, and what it would mean, on the side where there is more room.
void SpectrumView::paintCut(QPainter &painter) const
{
    const Theme theme = Theme::of(palette());
    const QRectF plot = plotRect();
    const QFontMetricsF metrics(painter.font());
    const qreal x = xOf(m_rank);
    const QColor colour = saves(m_rank) ? theme.accent : theme.secondary;
    painter.setPen(QPen(colour, hasFocus() || m_dragged ? 2.5 : 1.75));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));

    const QStringList lines = cutText();
    qreal width = 0;
    for (const QString &line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    const qreal height = metrics.lineSpacing() * static_cast<qreal>(lines.size());
    const bool right = plot.right() - x > width + 4 * spacing::inside;
    // Low: there it covers bars, and not the curve, which is high beside the cut.
    QRectF box(right ? x + spacing::inside : x - 3 * spacing::inside - width,
               plot.bottom() - height - 2 * spacing::tight - spacing::wide,
               width + 2 * spacing::inside, height + 2 * spacing::tight);
    box.moveLeft(std::max(plot.left(), box.left()));
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(box, spacing::corner, spacing::corner);
    painter.setPen(theme.text);
    painter.drawText(box.adjusted(spacing::inside, spacing::tight, 0, 0),
                     Qt::AlignLeft | Qt::AlignTop, lines.join('\n'));

    painter.setPen(QPen(colour, 2));
    painter.setBrush(theme.panel);
    painter.drawEllipse(QPointF(x, plot.bottom()), 5, 5);
}

} // namespace pare

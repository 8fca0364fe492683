#include "widgets/charts/scheduleview.h"

#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

QString titleOf(const std::string &schedule)
{
    if (schedule == "sparsity")
        return ScheduleView::tr("Share of the final sparsity");
    if (schedule == "replacement")
        return ScheduleView::tr("Replaced modules");
    return ScheduleView::tr("Bits");
}

QString valueText(const std::string &schedule, double value)
{
    if (schedule == "bits")
        return numberText(value, 0);
    return ScheduleView::tr("%1 %").arg(numberText(100 * value, 0));
}

} // namespace

ScheduleView::ScheduleView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("scheduleView"));
    setAccessibleName(tr("What becomes stricter over the training"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void ScheduleView::setPlan(const SchedulePlan &plan, std::optional<std::int64_t> done)
{
    if (m_plan == plan && m_done == done)
        return;
    m_plan = plan;
    m_done = done;
    QStringList sentences;
    for (const Caption &caption : captions())
        sentences << caption.sentence();
    const QString text = sentences.join('\n');
    setAccessibleDescription(text);
    setToolTip(text);
    setVisible(!m_plan.schedules.empty());
    updateGeometry();
    update();
}

QString ScheduleView::Caption::sentence() const
{
    return first.isEmpty() ? tr("%1: %2").arg(title, last)
                           : tr("%1: %2 → %3").arg(title, first, last);
}

std::vector<ScheduleView::Caption> ScheduleView::captions() const
{
    std::vector<Caption> captions;
    for (const auto &[name, points] : m_plan.schedules) {
        Caption caption{titleOf(name), valueText(name, points.front().value),
                        valueText(name, points.back().value)};
        const std::int64_t settled = settledAt(points);
        if (settled == points.front().step) {
            caption.first.clear();
            caption.last = tr("%1 throughout").arg(caption.last);
        } else if (m_plan.axis == SchedulePlan::Axis::Steps) {
            caption.last = tr("%1 from step %2 on").arg(caption.last, countText(settled));
        } else {
            const double share =
                static_cast<double>(settled) / static_cast<double>(points.back().step);
            caption.last = tr("%1 from %2 % of the training on")
                               .arg(caption.last, numberText(100 * share, 0));
        }
        captions.push_back(std::move(caption));
    }
    return captions;
}

int ScheduleView::rowHeight() const
{
    return 4 * QFontMetrics(smallerFont(font())).lineSpacing() + spacing::inside;
}

QSize ScheduleView::sizeHint() const
{
    return {240, rowHeight() * static_cast<int>(m_plan.schedules.size())};
}

QSize ScheduleView::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void ScheduleView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallerFont(font()));
    const QFontMetricsF metrics(painter.font());
    const qreal line = metrics.lineSpacing();
    const std::vector<Caption> captions = this->captions();
    qreal top = 0;
    for (std::size_t row = 0; const auto &[name, points] : m_plan.schedules) {
        const Caption &caption = captions[row++];
        const auto text = [&](qreal y, Qt::Alignment side, const QString &words) {
            painter.setPen(theme.secondary);
            painter.drawText(QRectF(0, y, width(), line), static_cast<int>(side | Qt::AlignVCenter),
                             words);
        };
        text(top, Qt::AlignLeading, caption.title);
        paintLine(painter, QRectF(0, top + line, width(), 2 * line), points);
        text(top + 3 * line, Qt::AlignLeading, caption.first);
        text(top + 3 * line, Qt::AlignTrailing, caption.last);
        top += rowHeight();
    }
}

/// From its lowest value at the bottom to its highest at the top; what is done is filled.
void ScheduleView::paintLine(QPainter &painter, const QRectF &area,
                             const std::vector<SchedulePoint> &points) const
{
    const Theme theme = Theme::of(palette());
    const auto [low, high] = std::ranges::minmax(points, {}, &SchedulePoint::value);
    const double steps = std::max<double>(1, static_cast<double>(points.back().step));
    const auto x = [&](std::int64_t step) {
        return area.left() + area.width() * static_cast<double>(step) / steps;
    };
    const auto y = [&, low = low.value, high = high.value](double value) {
        return area.bottom() - 2 -
               (area.height() - 4) * (high > low ? (value - low) / (high - low) : 0.5);
    };
    QPainterPath line(QPointF(x(points.front().step), y(points.front().value)));
    for (const SchedulePoint &point : points)
        line.lineTo(x(point.step), y(point.value));
    painter.fillRect(area, theme.faint);
    const QColor training = theme.family(Family::Training);
    if (m_done) {
        QPainterPath below = line;
        below.lineTo(area.right(), area.bottom());
        below.lineTo(area.left(), area.bottom());
        below.closeSubpath();
        const qreal now = std::min(x(*m_done), area.right());
        painter.save();
        painter.setClipRect(QRectF(area.topLeft(), QPointF(now, area.bottom())));
        painter.fillPath(below, mixed(theme.faint, training, 0.35));
        painter.restore();
        painter.setPen(QPen(theme.text, 1));
        painter.drawLine(QPointF(now, area.top()), QPointF(now, area.bottom()));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(training, 1.75));
    painter.drawPath(line);
}

} // namespace pare

#include "widgets/panels/meterbar.h"

#include <QPainter>
#include <QPainterPath>

namespace pare {

MeterBar::MeterBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MeterBar::setData(MeterBarData data)
{
    m_data = std::move(data);
    update();
}

void MeterBar::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(0, height() / 2.0 - 3, width(), 6);
    const auto x = [&](double share) {
        return track.left() + qBound(0.0, share, 1.0) * track.width();
    };

    constexpr double markRadius = 5;
    const auto mark = [&](double share) { // whole at both ends, too
        return qBound(markRadius, x(share), qMax(markRadius, width() - markRadius));
    };

    QPainterPath rounded;
    rounded.addRoundedRect(track, 3, 3);
    painter.save();
    painter.setClipPath(rounded);
    painter.fillRect(track, theme.faint);
    double from = 0;
    for (const MeterBarData::Part &part : m_data.parts) {
        const QColor colour =
            part.family ? theme.family(*part.family) : mixed(theme.panel, theme.secondary, 0.65);
        painter.fillRect(
            QRectF(QPointF(x(from), track.top()), QPointF(x(from + part.share), track.bottom())),
            colour);
        from += part.share;
    }
    if (m_data.band)
        painter.fillRect(QRectF(QPointF(x(m_data.band->low), track.top()),
                                QPointF(x(m_data.band->high), track.bottom())),
                         mixed(theme.panel, theme.accent, 0.45));
    painter.restore();

    if (m_data.tick)
        painter.fillRect(QRectF(mark(*m_data.tick) - 1, 1, 2, height() - 2.0), theme.text);
    if (m_data.band) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(theme.panel);
        painter.drawEllipse(QPointF(mark(m_data.band->point), track.center().y()), 4, 4);
    }
}

} // namespace pare

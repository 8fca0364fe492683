#include "widgets/theme/toggleswitch.h"

#include "widgets/theme/theme.h"

#include <QPainter>

namespace pare {

ToggleSwitch::ToggleSwitch(QWidget *parent)
    : QCheckBox(parent)
{
    setCursor(Qt::PointingHandCursor);
}

ToggleSwitch::ToggleSwitch(const QString &text, QWidget *parent)
    : ToggleSwitch(parent)
{
    setText(text);
}

QSizeF ToggleSwitch::trackSize() const
{
    const qreal height = qRound(fontMetrics().height() * 1.05);
    return {qRound(height * 1.85) * 1.0, height};
}

QSize ToggleSwitch::sizeHint() const
{
    const QSizeF track = trackSize();
    int width = static_cast<int>(track.width()) + 4;
    if (!text().isEmpty())
        width += fontMetrics().horizontalAdvance(text()) + spacing::inside;
    return {width, static_cast<int>(track.height()) + 4};
}

bool ToggleSwitch::hitButton(const QPoint &position) const
{
    return rect().contains(position);
}

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    const QSizeF size = trackSize();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const qreal left = mirrored ? 2 : width() - size.width() - 2;
    const QRectF track(QPointF(left, (height() - size.height()) / 2), size);

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled())
        painter.setOpacity(0.5);

    // Off needs an edge of its own to be seen at 3 : 1 on any ground.
    const qreal radius = track.height() / 2;
    painter.setPen(isChecked() ? QPen(Qt::NoPen)
                               : QPen(mixed(theme.line, theme.secondary, 0.8), 1));
    painter.setBrush(isChecked() ? theme.accent : theme.faint);
    painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    const qreal knob = track.height() - 6;
    const bool atRight = isChecked() != mirrored;
    const qreal x = atRight ? track.right() - 3 - knob : track.left() + 3;
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? theme.onAccent : theme.secondary);
    painter.drawEllipse(QRectF(x, track.top() + 3, knob, knob));

    if (!text().isEmpty()) {
        const QRectF label = mirrored
                                 ? QRectF(track.right() + spacing::inside, 0, width(), height())
                                 : QRectF(0, 0, left - spacing::inside, height());
        painter.setPen(theme.text);
        painter.drawText(label, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextShowMnemonic, text());
    }
    if (hasFocus()) {
        painter.setOpacity(1);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(track.adjusted(-1, -1, 1, 1), radius + 1, radius + 1);
    }
}

} // namespace pare

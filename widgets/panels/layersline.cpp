#include "widgets/panels/layersline.h"

#include "widgets/theme/theme.h"

#include <QStyleOptionFrame>
#include <QStylePainter>

namespace pare {

void LayersLine::setCount(int count)
{
    m_count = count;
    update();
}

QString LayersLine::shownText(int width) const
{
    if (m_count < 0)
        return fontMetrics().elidedText(text(), Qt::ElideRight, width);
    const QString count = (m_count == 1 ? tr("1 layer") : tr("%1 layers").arg(m_count));
    const QString end = QStringLiteral(" \u00b7 ") + count;
    const int room = width - fontMetrics().horizontalAdvance(end);
    if (text().isEmpty())
        return count;
    return fontMetrics().elidedText(text(), Qt::ElideRight, room) + end;
}

void LayersLine::paintEvent(QPaintEvent *event)
{
    if (hasFocus()) {
        QLineEdit::paintEvent(event);
        return;
    }
    QStylePainter painter(this);
    QStyleOptionFrame option;
    initStyleOption(&option);
    painter.drawPrimitive(QStyle::PE_PanelLineEdit, option);
    const QRect inside =
        style()->subElementRect(QStyle::SE_LineEditContents, &option, this).adjusted(2, 0, -2, 0);
    const Theme theme = Theme::of(palette());
    painter.setPen(
        text().isEmpty()
            ? theme.secondary
            : palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Text));
    // The text is of names and signs that run from the left everywhere.
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, shownText(inside.width()));
}

void LayersLine::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    update();
}

} // namespace pare

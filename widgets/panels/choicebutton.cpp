#include "widgets/panels/choicebutton.h"

#include "widgets/theme/familymark.h"

#include <QKeyEvent>
#include <QPainter>

namespace pare {

namespace {

constexpr int markSize = 11;
constexpr int usualWidth = 320;

} // namespace

ChoiceButton::ChoiceButton(const QString &title, const QString &summary, QWidget *parent)
    : QAbstractButton(parent)
    , m_summary(summary)
{
    setText(title);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(title);
    setAccessibleDescription(summary);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChoiceButton::setFamily(Family family)
{
    m_family = family;
    setProperty("helpPage", QString::fromUtf8(nameOf(family).data()));
    update();
}

void ChoiceButton::setNote(const QString &note)
{
    if (note == m_note)
        return;
    m_note = note;
    setAccessibleDescription(note.isEmpty() ? m_summary : m_summary + QChar(' ') + note);
    updateGeometry();
    setMinimumHeight(heightForWidth(width()));
    update();
}

void ChoiceButton::setFlat(bool flat)
{
    m_flat = flat;
    update();
}

int ChoiceButton::textLeft() const
{
    return m_flat ? spacing::wide + (m_family ? markSize + spacing::inside : 0) : spacing::around;
}

QRect ChoiceButton::summaryRect(int width) const
{
    const int top =
        (m_flat ? spacing::inside : spacing::wide) + QFontMetrics(heavierFont(font())).height() + 2;
    const QRect room(textLeft(), top, width - textLeft() - spacing::wide, 1000);
    return QFontMetrics(smallerFont(font()))
        .boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, m_summary);
}

QRect ChoiceButton::noteRect(int width) const
{
    const QRect above = summaryRect(width);
    if (m_note.isEmpty())
        return above;
    const QRect room(textLeft(), above.bottom() + 1, width - textLeft() - spacing::wide, 1000);
    return QFontMetrics(smallerFont(font()))
        .boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, m_note);
}

int ChoiceButton::heightForWidth(int width) const
{
    return noteRect(width).bottom() + (m_flat ? spacing::inside : spacing::wide) + 1;
}

QSize ChoiceButton::sizeHint() const
{
    return {usualWidth, heightForWidth(usualWidth)};
}

void ChoiceButton::resizeEvent(QResizeEvent *event)
{
    // Layouts side by side ask for no height for a width.
    setMinimumHeight(heightForWidth(width()));
    QAbstractButton::resizeEvent(event);
}

void ChoiceButton::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void ChoiceButton::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

void ChoiceButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void ChoiceButton::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hot = isEnabled() && (underMouse() || isDown());
    const QRectF frame = QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75);
    const QColor border = hasFocus() || (hot && !m_flat) ? theme.accent
                          : m_flat                       ? QColor(Qt::transparent)
                                                         : theme.line;
    painter.setPen(QPen(border, hasFocus() ? 1.5 : 1));
    painter.setBrush(hot ? theme.faint : theme.panel);
    painter.drawRoundedRect(frame, 6, 6);

    const QFont titleFont = heavierFont(font());
    const int top = m_flat ? spacing::inside : spacing::wide;
    const int line = QFontMetrics(titleFont).height();
    if (m_family) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.family(*m_family));
        painter.drawPath(familyPath(
            *m_family, QPointF(spacing::wide + markSize / 2.0, top + line / 2.0), markSize));
    }
    painter.setFont(titleFont);
    painter.setPen(isEnabled() ? theme.text : theme.secondary);
    painter.drawText(QRect(textLeft(), top, width() - textLeft() - spacing::wide, line),
                     Qt::AlignLeft | Qt::AlignVCenter, text());
    painter.setFont(smallerFont(font()));
    painter.setPen(theme.secondary);
    painter.drawText(summaryRect(width()).adjusted(0, 0, 8, 0), Qt::AlignLeft | Qt::TextWordWrap,
                     m_summary);
    if (m_note.isEmpty())
        return;
    painter.setPen(theme.accent);
    painter.drawText(noteRect(width()).adjusted(0, 0, 8, 0), Qt::AlignLeft | Qt::TextWordWrap,
                     m_note);
}

} // namespace pare

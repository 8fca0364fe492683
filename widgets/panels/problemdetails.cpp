#include "widgets/panels/problemdetails.h"

#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace pare {

namespace {

constexpr int widest = 760;
constexpr int mostLines = 12; // more is scrolled

} // namespace

ProblemDetails::ProblemDetails(QWidget *window)
    : QFrame(window)
    , m_text(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("problemDetailsPanel"));
    setProperty("kind", "popup");
    setAttribute(Qt::WA_StyledBackground);
    m_text->setObjectName(QStringLiteral("problemText"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setFrameStyle(QFrame::NoFrame);
    m_text->setAccessibleName(tr("All of the message"));
    m_text->setToolTip(tr("Can be selected and copied; Esc closes it"));
    m_text->installEventFilter(this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::wide, spacing::inside, spacing::wide, spacing::inside);
    column->addWidget(m_text);
    hide();
}

void ProblemDetails::showAbove(const QWidget *line, const QString &text)
{
    const bool wasShown = isVisible();
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    const QPoint corner = line->mapTo(parentWidget(), QPoint(0, 0));
    const int width = qMin(widest, line->width() - 2 * spacing::around);
    const QMargins around = layout()->contentsMargins();
    const int margin = 2 * static_cast<int>(m_text->document()->documentMargin());
    const QRect words = m_text->fontMetrics().boundingRect(
        QRect(0, 0, width - around.left() - around.right() - margin - 2 * spacing::wide, 0),
        Qt::TextWrapAnywhere | Qt::TextWordWrap, text);
    const int spacingOfLines = m_text->fontMetrics().lineSpacing();
    const int lines = qBound(2, words.height() / spacingOfLines + 1, mostLines);
    const int height = lines * spacingOfLines + margin + around.top() + around.bottom() + 4;
    const int left = layoutDirection() == Qt::RightToLeft
                         ? corner.x() + line->width() - width - spacing::around
                         : corner.x() + spacing::around;
    setGeometry(left, corner.y() - height - spacing::tight, width, height);
    show();
    raise();
    if (!wasShown)
        m_text->setFocus();
}

bool ProblemDetails::eventFilter(QObject *watched, QEvent *event)
{
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (key && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept(); // what runs is not cancelled by it
        if (event->type() == QEvent::KeyPress) {
            hide();
            Q_EMIT closed();
        }
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace pare

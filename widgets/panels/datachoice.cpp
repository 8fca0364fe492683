#include "widgets/panels/datachoice.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>

namespace pare {

namespace {

constexpr int around = 30; // pixels beside the name: padding and the menu's arrow

} // namespace

DataChoice::DataChoice(QWidget *parent)
    : QToolButton(parent)
{
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setMenu(new QMenu(this));
    setAcceptDrops(true);
    // A long file name must not widen the panel.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setData({});
}

void DataChoice::setData(const DataChoiceData &data)
{
    if (data == m_data && !text().isEmpty())
        return; // its menu may be open
    m_data = data;
    showName();
    setToolTip(data.help);
    setAccessibleName(QStringLiteral("%1: %2").arg(
        data.title, data.chosen.isEmpty() ? tr("nothing chosen") : data.chosen));
    makeMenu();
}

void DataChoice::showName()
{
    const QString name = m_data.chosen.isEmpty() ? tr("choose …") : m_data.chosen;
    setText(fontMetrics().elidedText(name, Qt::ElideMiddle, qMax(width() - around, around)));
}

void DataChoice::resizeEvent(QResizeEvent *event)
{
    QToolButton::resizeEvent(event);
    showName();
}

void DataChoice::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (isEnabled() && urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void DataChoice::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    Q_EMIT sourceChosen(event->mimeData()->urls().first().toLocalFile());
}

void DataChoice::makeMenu()
{
    menu()->clear();
    menu()->addAction(tr("Open a file…"), this, &DataChoice::fileRequested);
    for (const QString &source : m_data.suggestions) {
        QAction *action =
            menu()->addAction(source, this, [this, source] { Q_EMIT sourceChosen(source); });
        action->setCheckable(true);
        action->setChecked(source == m_data.chosen);
    }
    if (m_data.removable && !m_data.chosen.isEmpty())
        menu()->addAction(tr("None"), this, [this] { Q_EMIT sourceChosen({}); });
}

} // namespace pare

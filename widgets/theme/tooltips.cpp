#include "widgets/theme/tooltips.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFontMetrics>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMenu>
#include <QStringList>
#include <QTabBar>
#include <QTextLayout>
#include <QToolTip>

namespace pare {

namespace {

constexpr int widest = 460; // pixels of text, beside the margins

QStringList brokenLine(const QString &line)
{
    QTextLayout layout(line, QToolTip::font());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    QStringList lines;
    for (QTextLine part = layout.createLine(); part.isValid(); part = layout.createLine()) {
        part.setLineWidth(widest);
        lines << line.mid(part.textStart(), part.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

/// Of the part of a view that is under `position`.
QString partToolTip(const QAbstractItemView &view, const QPoint &position)
{
    const auto *head = qobject_cast<const QHeaderView *>(&view);
    if (!head)
        return view.indexAt(position).data(Qt::ToolTipRole).toString();
    const int section = head->logicalIndexAt(position);
    return section < 0 || !head->model()
               ? QString()
               : head->model()
                     ->headerData(section, head->orientation(), Qt::ToolTipRole)
                     .toString();
}

QString toolTipAt(const QWidget &widget, const QPoint &position)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(widget.parentWidget());
    if (view && view->viewport() == &widget)
        return partToolTip(*view, position);
    if (const auto *menu = qobject_cast<const QMenu *>(&widget)) {
        const QAction *action = menu->toolTipsVisible() ? menu->actionAt(position) : nullptr;
        return action ? action->toolTip() : QString();
    }
    const auto *tabs = qobject_cast<const QTabBar *>(&widget);
    const QString ofTab = tabs ? tabs->tabToolTip(tabs->tabAt(position)) : QString();
    return ofTab.isEmpty() ? widget.toolTip() : ofTab;
}

} // namespace

QString inLines(const QString &text)
{
    const QFontMetrics metrics(QToolTip::font());
    if (Qt::mightBeRichText(text))
        return text;
    QStringList lines;
    for (const QString &line : text.split('\n'))
        lines << (metrics.horizontalAdvance(line) > widest ? brokenLine(line) : QStringList(line));
    return lines.join('\n');
}

ToolTips::ToolTips(QApplication &application)
    : QObject(&application)
{
    application.installEventFilter(this);
}

/// What is short, or rich, is left to Qt.
bool ToolTips::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = event->type() == QEvent::ToolTip ? qobject_cast<QWidget *>(watched) : nullptr;
    if (!widget)
        return QObject::eventFilter(watched, event);
    const auto *help = static_cast<const QHelpEvent *>(event);
    const QString text = toolTipAt(*widget, help->pos());
    const QString lines = inLines(text);
    if (lines == text)
        return QObject::eventFilter(watched, event);
    QToolTip::showText(help->globalPos(), lines, widget);
    return true;
}

} // namespace pare

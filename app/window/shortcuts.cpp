#include "app/window/shortcuts.h"

#include <QAction>
#include <QRegularExpression>
#include <QSettings>
#include <QWidget>

namespace pare {

namespace {

constexpr auto standardKeys = "standardKeys";

QString settingOf(const QAction &action)
{
    return QStringLiteral("shortcuts/") + action.objectName();
}

void keep(QAction &action, const QKeySequence &keys)
{
    action.setShortcut(keys);
    if (keys == standardShortcut(action))
        QSettings().remove(settingOf(action));
    else
        QSettings().setValue(settingOf(action), keys.toString(QKeySequence::PortableText));
}

} // namespace

void makeChangeable(QAction *action, const QString &name)
{
    action->setObjectName(name);
    action->setProperty(standardKeys, QVariant::fromValue(action->shortcut()));
    const QVariant kept = QSettings().value(settingOf(*action));
    if (kept.isValid())
        action->setShortcut(QKeySequence(kept.toString(), QKeySequence::PortableText));
}

std::vector<QAction *> changeableActions(const QWidget &window)
{
    std::vector<QAction *> actions;
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->property(standardKeys).isValid())
            actions.push_back(action);
    }
    return actions;
}

QKeySequence standardShortcut(const QAction &action)
{
    return action.property(standardKeys).value<QKeySequence>();
}

void changeShortcut(QAction &action, const QKeySequence &keys, const QWidget &window)
{
    if (QAction *other = actionWith(keys, action, window))
        keep(*other, {});
    keep(action, keys);
}

QAction *actionWith(const QKeySequence &keys, const QAction &except, const QWidget &window)
{
    if (keys.isEmpty())
        return nullptr;
    for (QAction *action : changeableActions(window)) {
        if (action != &except && action->shortcut() == keys)
            return action;
    }
    return nullptr;
}

void resetShortcuts(const QWidget &window)
{
    for (QAction *action : changeableActions(window))
        keep(*action, standardShortcut(*action));
}

QString plainTitle(QString text)
{
    static const QRegularExpression mnemonic(QStringLiteral("\\(&.\\)"));
    return text.section('\t', 0, 0).remove(mnemonic).remove('&').remove(QStringLiteral("…"));
}

} // namespace pare

// The keys of the window's actions, each of which a person may change: standard keys stand where the
// actions are made, others in QSettings under the action's object name.
//
// Window's thread.
#pragma once

#include <QKeySequence>
#include <QString>
#include <vector>

class QAction;
class QWidget;

namespace pare {

/// Remembers the action's keys as the standard ones, and gives it those that were chosen instead.
/// `name` becomes its object name: stable, and the same in every language.
void makeChangeable(QAction *action, const QString &name);

/// In the order in which they were made.
std::vector<QAction *> changeableActions(const QWidget &window);
QKeySequence standardShortcut(const QAction &action);

/// At once, and after a restart; no keys: none. Whoever had these keys loses them.
void changeShortcut(QAction &action, const QKeySequence &keys, const QWidget &window);
/// The action among those of the window that has these keys already; nullptr: none.
QAction *actionWith(const QKeySequence &keys, const QAction &except, const QWidget &window);
void resetShortcuts(const QWidget &window);

/// "Open a model" of "Open a &model…".
QString plainTitle(QString text);

} // namespace pare

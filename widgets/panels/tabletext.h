// What stands in a table, for the clipboard. Window's thread.
#pragma once

#include <QString>

class QAction;
class QTableView;

namespace pare {

/// The selected rows of `table`, or all where none is, under the heads of the columns it shows:
/// lines of tab-separated values.
QString tableText(const QTableView &table);

/// Lets Ctrl+C copy them, and the table's own menu; the action for it.
QAction *copyRowsByKey(QTableView *table);

} // namespace pare

// The table of runs: which columns are shown, and how wide. What the recipes do not need is the
// figures'; where all of it is too wide, it scrolls. Window's thread; owned by the runs' panel.
#pragma once

#include "widgets/models/runsmodel.h"

#include <QStringList>
#include <QTableView>

class QMenu;

namespace pare {

class RunTable : public QTableView
{
    Q_OBJECT

public:
    explicit RunTable(RunsProxy *rows, QWidget *parent = nullptr);

    /// Keys (columnKey()) of the columns that are shown. The recipe always is.
    QStringList shownColumns() const;
    void setShownColumns(const QStringList &keys);
    /// A box to tick for each column; also at a right click on the heads.
    QMenu *columnMenu() const { return m_columns; }

    /// Ids of the selected runs, from the top.
    QStringList selectedIds() const;

Q_SIGNALS:
    /// A person showed or hid one.
    void columnsChanged();
    void selectedIdsChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    void makeColumnMenu();
    void fitColumns();

    QMenu *m_columns;
};

} // namespace pare

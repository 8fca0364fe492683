// The table of runs: which columns are shown, and how wide. What the recipes do not need is the
// figures'; where all of it is too wide, it scrolls. Window's thread; owned by the runs' panel.
#pragma once

#include "widgets/models/runsproxy.h"

#include <QStringList>
#include <QTableView>
#include <map>

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
    /// Columns in the order a person gave them, with the widths given to them: "metric", "latency=64"; those without
    /// one are as wide as their figures, and the recipe takes what is left.
    QStringList columnLayout() const;
    void setColumnLayout(const QStringList &layout);
    /// A box to tick for each column; also at a right click on the heads.
    QMenu *columnMenu() const { return m_columns; }

    /// Ids of the selected runs, from the top.
    QStringList selectedIds() const;

Q_SIGNALS:
    /// A person showed, hid, moved or widened one.
    void columnsChanged();
    void selectedIdsChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    void makeColumnMenu();
    void makeHead();
    void fitColumns();
    int fittedWidth(int column) const;

    QMenu *m_columns;
    std::map<int, int> m_widths; ///< that a person gave, by column
    bool m_arranging = false;    ///< nobody's doing
};

} // namespace pare

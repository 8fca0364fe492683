// A table of values as the panels show it: sortable, filterable by words and by group, its rows
// copied by Ctrl+C. Window's thread; owned by its panel.
#pragma once

#include "widgets/models/valuetable.h"

#include <QSortFilterProxyModel>
#include <QTableView>

namespace pare {

class ValueProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ValueProxy(ValueTable *model, QObject *parent = nullptr);

    /// Words that a row must all hold, in any column.
    void setWords(const QString &line);
    /// Rows of that group alone; nothing: of all.
    void setGroup(std::optional<int> group);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    std::optional<int> m_group;
};

class ValueView : public QTableView
{
    Q_OBJECT

public:
    explicit ValueView(const QString &name, QWidget *parent = nullptr);

    /// Sorted as given, until a person clicks a head.
    void setData(const TableData &data);
    /// The column that takes the room that is left; others are as wide as what stands in them.
    void setWideColumn(int column);
    /// So many columns, from the first on, are in sight together, however narrow the view; they share what there
    /// is. 0: none are.
    void setTogether(int columns);
    ValueTable *values() const { return m_values; }
    ValueProxy *rows() const { return m_rows; }
    /// Numbers of the selected rows among those of the data, from the top.
    std::vector<std::size_t> selectedRows() const;

Q_SIGNALS:
    void selectedRowsChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    int neededWidth(int column) const;
    void fitColumns();
    void shareWidth();

    ValueTable *m_values;
    ValueProxy *m_rows;
    int m_wide = 0;
    int m_together = 0;
};

} // namespace pare

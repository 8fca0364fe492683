#include "widgets/panels/valueview.h"

#include "widgets/panels/tabletext.h"
#include "widgets/theme/theme.h"

#include <QHeaderView>
#include <algorithm>

namespace pare {

ValueProxy::ValueProxy(ValueTable *model, QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(ValueTable::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(model);
}

void ValueProxy::setWords(const QString &line)
{
    m_words = line.split(' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void ValueProxy::setGroup(std::optional<int> group)
{
    m_group = group;
    invalidateFilter();
}

bool ValueProxy::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QAbstractItemModel *model = sourceModel();
    if (m_group && model->index(row, 0, parent).data(ValueTable::GroupRole).toInt() != *m_group)
        return false;
    return std::ranges::all_of(m_words, [&](const QString &word) {
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model->index(row, column, parent)
                    .data()
                    .toString()
                    .contains(word, Qt::CaseInsensitive))
                return true;
        }
        return false;
    });
}

ValueView::ValueView(const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_values(new ValueTable(this))
    , m_rows(new ValueProxy(m_values, this))
{
    setObjectName(name);
    setModel(m_rows);
    setSortingEnabled(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + spacing::inside);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    copyRowsByKey(this);
}

void ValueView::setData(const TableData &data)
{
    const bool otherColumns = data.columns != m_values->table().columns;
    m_values->setTable(data);
    if (otherColumns)
        horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    fitColumns();
}

void ValueView::setWideColumn(int column)
{
    m_wide = column;
    fitColumns();
}

void ValueView::setTogether(int columns)
{
    m_together = columns;
    fitColumns();
}

int ValueView::neededWidth(int column) const
{
    constexpr int looked = 100; // rows; the widths of others are like theirs
    const auto wide = [&](const QVariant &text) {
        return fontMetrics().horizontalAdvance(text.toString());
    };
    int width = wide(m_rows->headerData(column, Qt::Horizontal)) + spacing::inside;
    for (int row = 0; row < std::min(looked, m_rows->rowCount()); ++row)
        width = std::max(width, wide(m_rows->index(row, column).data()));
    return width + spacing::around + spacing::inside;
}

void ValueView::fitColumns()
{
    constexpr int widest = 132; // of the others; a tool tip has the whole
    constexpr int narrowest = 200;
    int others = 0;
    for (int column = 0; column < m_rows->columnCount(); ++column) {
        const int width = std::min(neededWidth(column), widest);
        setColumnWidth(column, width);
        others += column == m_wide ? 0 : width;
    }
    if (m_wide < m_rows->columnCount())
        setColumnWidth(m_wide, std::max(narrowest, viewport()->width() - others));
    shareWidth();
}

/// The wide column gives way first, down to a quarter of the view; then all others do, each by the same part.
void ValueView::shareWidth()
{
    const int count = std::min(m_together, m_rows->columnCount());
    int others = 0;
    for (int column = 0; column < count; ++column)
        others += column == m_wide ? 0 : columnWidth(column);
    const int room = viewport()->width();
    if (others == 0 || m_wide >= count || others + columnWidth(m_wide) <= room)
        return;
    const int wide = std::max(room / 4, room - others);
    setColumnWidth(m_wide, wide);
    for (int column = 0; column < count; ++column) {
        if (column != m_wide && others > room - wide)
            setColumnWidth(column, columnWidth(column) * (room - wide) / others);
    }
}

std::vector<std::size_t> ValueView::selectedRows() const
{
    QModelIndexList chosen = selectionModel()->selectedRows();
    std::ranges::sort(chosen, {}, &QModelIndex::row);
    std::vector<std::size_t> rows;
    for (const QModelIndex &index : chosen)
        rows.push_back(static_cast<std::size_t>(m_rows->mapToSource(index).row()));
    return rows;
}

void ValueView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void ValueView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectedRowsChanged();
}

} // namespace pare

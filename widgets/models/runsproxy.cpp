#include "widgets/models/runsproxy.h"

#include <utility>

namespace pare {

RunsProxy::RunsProxy(RunsModel *model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSortRole(RunsModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
    setSourceModel(model);
}

void RunsProxy::setFilter(RunFilter filter)
{
    m_filter = std::move(filter);
    invalidateFilter();
}

void RunsProxy::setDeleted(Deleted deleted)
{
    m_deleted = deleted;
    invalidateFilter();
}

bool RunsProxy::filterAcceptsRow(int row, const QModelIndex &) const
{
    const RunNote note = m_model->note(row);
    if (note.deleted && m_deleted == Deleted::Hidden)
        return false;
    return m_filter.accepts(m_model->runs()[static_cast<std::size_t>(row)], note);
}

bool RunsProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const bool pinned = m_model->note(left.row()).pinned;
    if (pinned != m_model->note(right.row()).pinned)
        return pinned == (sortOrder() == Qt::AscendingOrder);
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace pare

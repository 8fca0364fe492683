// The rows of a RunsModel that a filter lets through, sorted by their numbers. Window's thread; owned
// by the panel that shows them.
#pragma once

#include "widgets/models/runfilter.h"
#include "widgets/models/runsmodel.h"

#include <QSortFilterProxyModel>

namespace pare {

class RunsProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Deleted { Hidden, Shown };

    explicit RunsProxy(RunsModel *model, QObject *parent = nullptr);

    void setFilter(RunFilter filter);
    const RunFilter &filter() const { return m_filter; }
    void setDeleted(Deleted deleted);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    /// Pinned runs stand first, whatever the rows are sorted by.
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    RunsModel *m_model;
    RunFilter m_filter;
    Deleted m_deleted = Deleted::Hidden;
};

} // namespace pare

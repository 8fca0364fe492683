// The runs of a project as a table: recipe, size, primary metric, time. Sorted by a proxy through
// `SortRole`. Window's thread; owned by the panel that shows it.
#pragma once

#include "core/model/run.h"
#include "widgets/theme/theme.h"

#include <QAbstractTableModel>
#include <optional>
#include <vector>

namespace pare {

class RunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RecipeColumn, BytesColumn, MetricColumn, LatencyColumn, ColumnCount };
    enum Role { SortRole = Qt::UserRole + 1, IdRole };

    explicit RunsModel(QObject *parent = nullptr);

    /// In the order of arrival. Runs that only follow those there are come in as new rows.
    void setRuns(const std::vector<Run> &runs);
    const std::vector<Run> &runs() const { return m_runs; }
    void setTheme(const Theme &theme);
    /// Row of the run of that id, or nothing.
    std::optional<int> rowOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Run> m_runs;
    Theme m_theme;
};

/// "91.3", "0.62": as figures stand in the table, without their unit.
QString runFigure(const Run &run, RunsModel::Column column);

} // namespace pare

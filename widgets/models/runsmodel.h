// The runs of a project as a table of every number, with what is said of them. Sorted and filtered
// by `RunsProxy`. Window's thread; owned by the panel that shows it.
#pragma once

#include "core/model/run.h"
#include "core/model/runnote.h"
#include "widgets/theme/theme.h"

#include <QAbstractTableModel>
#include <QStringList>
#include <map>
#include <optional>
#include <vector>

namespace pare {

/// The files that a run was written to.
struct RunExports
{
    QString formats;   ///< "packed, GGUF"; what was found to be another one is crossed
    QStringList lines; ///< a file each, and what reading it again found

    bool operator==(const RunExports &) const = default;
};

/// By the run's id.
using ExportsOfRuns = std::map<std::string, RunExports>;

class RunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        RecipeColumn,
        BytesColumn,
        MetricColumn,
        IntervalColumn,
        LatencyColumn,
        LoyaltyColumn,
        ChangedColumn,
        MultiplyAddsColumn,
        ParametersColumn,
        TimeColumn,
        TagsColumn,
        NoteColumn,
        OriginColumn,
        ExportsColumn,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole + 1, IdRole };

    explicit RunsModel(QObject *parent = nullptr);

    /// In the order of arrival. Runs that only follow those there are come in as new rows.
    void setRuns(const std::vector<Run> &runs, const RunNotes &notes = {},
                 const ExportsOfRuns &exports = {});
    const std::vector<Run> &runs() const { return m_runs; }
    RunNote note(int row) const;
    RunExports exports(int row) const;
    void setTheme(const Theme &theme);
    /// Row of the run of that id, or nothing.
    std::optional<int> rowOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant look(int row, Column column, int role) const;
    QString text(int row, Column column) const;

    std::vector<Run> m_runs;
    RunNotes m_notes;
    ExportsOfRuns m_exports;
    Theme m_theme;
};

/// The run that `run` was before it was trained or taught: of the same recipe, model and data; null:
/// it was not, or that was never measured.
const Run *runBeforeTraining(const Run &run, const std::vector<Run> &runs);
/// "91.3", "0.62": as figures stand in the table, without their unit.
QString runFigure(const Run &run, RunsModel::Column column);
/// As its head says, with all words: "Multiply-adds, millions".
QString columnTitle(RunsModel::Column column);
/// For settings: "bytes".
QString columnKey(RunsModel::Column column);

} // namespace pare

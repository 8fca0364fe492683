// The runs of the project as a sortable table under its head.
// Shows the values it was given; window's thread; owned by its dock.
#pragma once

#include "widgets/models/runsmodel.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace pare {

class RunsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunsPanel(QWidget *parent = nullptr);

    void setRuns(const std::vector<Run> &runs);
    /// Empty: none. Emits nothing.
    void selectRun(const QString &id);
    QString selectedRun() const;
    QTableView *table() const { return m_table; }
    RunsModel *model() const { return m_model; }
    QSize sizeHint() const override { return {340, 260}; }

Q_SIGNALS:
    /// A person chose the run.
    void runSelected(const QString &id);
    /// A double click or Enter: its recipe is wanted back.
    void runActivated(const QString &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    QString idAt(const QModelIndex &index) const;

    RunsModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
    QLabel *m_count;
    QLabel *m_empty;
    bool m_selecting = false; ///< the selection moves because it was told to
};

} // namespace pare

// The runs of the project: the table under its head with a filter line, and what can be done with
// those that are selected. Shows the values it was given; window's thread; owned by its dock.
#pragma once

#include "widgets/models/runsproxy.h"

#include <QStringList>
#include <QWidget>

class QAction;
class QFrame;
class QLabel;
class QLineEdit;
class QMenu;
class QTableView;
class QToolButton;

namespace pare {

class EmptyState;

class NoticeBar;
class RunTable;

/// Whether what is said of runs can be changed.
enum class RunsAccess { Changeable, ReadOnly };

class RunsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunsPanel(QWidget *parent = nullptr);

    void setRuns(const std::vector<Run> &runs, const RunNotes &notes = {},
                 const ExportsOfRuns &exports = {});
    void setAccess(RunsAccess access);
    /// A line with a button that takes back what it says was done; empty: none.
    void offerUndo(const QString &done);
    /// Empty: none. Emits nothing. Several selected runs stay selected if it is one of them or none.
    void selectRun(const QString &id);
    /// The one that is selected, or the first of several; empty: none.
    QString selectedRun() const;
    QStringList selectedRuns() const;
    /// Emits nothing.
    void selectRuns(const QStringList &ids);
    /// What can be done with those that are selected, at a place of the screen.
    void showMenu(const QPoint &globalPosition);
    QTableView *table() const;
    RunTable *runTable() const { return m_table; }
    RunsModel *model() const { return m_model; }
    /// Compares the selected runs; for the window's menus.
    QAction *compareAction() const { return m_compare; }
    /// Hidden until whoever can export shows it.
    QAction *exportAction() const { return m_export; }
    QSize sizeHint() const override { return {340, 260}; }

    /// While there is none: why not, in place of how they come to be, and what a button offers; each may be empty.
    void setEmpty(const QString &why, const QString &action);

Q_SIGNALS:
    void emptyActionRequested();
    /// A person chose the run.
    void runSelected(const QString &id);
    /// A person chose so many.
    void runsSelected(const QStringList &ids);
    /// A double click or Enter: its recipe is wanted back.
    void runActivated(const QString &id);
    /// Two or more.
    void compareRequested(const QStringList &ids);
    void exportRequested(const QString &id);
    void commandRequested(const QString &id);
    void noteGiven(const QStringList &ids, const QString &text);
    void tagsGiven(const QStringList &ids, const QStringList &tags);
    void pinsGiven(const QStringList &ids, bool pinned);
    /// "#0072b2"; empty: that of the family.
    void colourGiven(const QStringList &ids, const QString &colour);
    void deleteRequested(const QStringList &ids);
    void bringBackRequested(const QStringList &ids);
    void undoRequested();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Editing { Note, Tags };

    void makeActions();
    void makeLookActions();
    void connectActions();
    QAction *makeAction(const char *name, const QString &text, const QKeySequence &key);
    QWidget *makeHead();
    QWidget *makeEditor();
    void edit(Editing what);
    void endEditing();
    void takeSelection();
    void updateActions();
    void applyFilter();
    void selectWanted();
    void showCount();
    void fill();
    RunNote noteOfFirst() const;

    RunsModel *m_model;
    RunsProxy *m_rows;
    RunTable *m_table;
    QLabel *m_count;
    EmptyState *m_empty;
    QString m_emptyWhy;
    QString m_emptyAction;
    QLabel *m_problem;
    QLineEdit *m_filter;
    QToolButton *m_menu;
    QMenu *m_actions = nullptr;
    NoticeBar *m_done;
    QFrame *m_editor = nullptr;
    QLabel *m_editorTitle = nullptr;
    QLineEdit *m_editorLine = nullptr;
    QAction *m_use = nullptr;
    QAction *m_compare = nullptr;
    QAction *m_export = nullptr;
    QAction *m_command = nullptr;
    QAction *m_note = nullptr;
    QAction *m_tags = nullptr;
    QAction *m_pin = nullptr;
    QMenu *m_colours = nullptr;
    QAction *m_origin = nullptr;
    QAction *m_deleted = nullptr; ///< shows those that were
    QAction *m_delete = nullptr;
    QAction *m_bringBack = nullptr;
    Editing m_editing = Editing::Note;
    QStringList m_edited; ///< ids of the runs whose note or tags are typed
    RunsAccess m_access = RunsAccess::Changeable;
    QStringList m_wanted;     ///< ids of the selected runs, also while a filter hides them
    bool m_selecting = false; ///< the selection moves because it was told to
};

} // namespace pare

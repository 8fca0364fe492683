#include "widgets/panels/runspanel.h"

#include "widgets/panels/noticebar.h"
#include "widgets/panels/runtable.h"
#include "widgets/panels/tabletext.h"
#include "widgets/theme/emptystate.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPixmap>
#include <QScopedValueRollback>
#include <QStyle>
#include <QToolButton>
#include <algorithm>
#include <utility>

namespace pare {

namespace {

constexpr qsizetype mostCompared = 12; // more stand side by side on no screen

} // namespace

RunsPanel::RunsPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new RunsModel(this))
    , m_rows(new RunsProxy(m_model, this))
    , m_table(new RunTable(m_rows))
    , m_count(new QLabel)
    , m_empty(new EmptyState(QStringLiteral("runsEmpty")))
    , m_problem(new QLabel)
    , m_filter(new QLineEdit)
    , m_menu(new QToolButton)
    , m_done(new NoticeBar)
{
    setAttribute(Qt::WA_StyledBackground);
    makeActions();
    connect(m_empty, &EmptyState::actionRequested, this, &RunsPanel::fill);
    m_problem->setObjectName(QStringLiteral("runsFilterProblem"));
    m_problem->setProperty("kind", "problem");
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(spacing::around, 0, spacing::around, spacing::tight);
    m_problem->hide();
    setMinimumWidth(336); // "4 bits, groups of 64" beside three figures
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_problem);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(makeEditor());
    column->addWidget(m_done);
    m_done->setObjectName(QStringLiteral("runsDone"));
    connect(m_done, &NoticeBar::actionRequested, this, &RunsPanel::undoRequested);
    connect(m_table, &RunTable::selectedIdsChanged, this, &RunsPanel::takeSelection);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT runActivated(index.data(RunsModel::IdRole).toString());
    });
    setRuns({});
    updateActions();
}

QWidget *RunsPanel::makeHead()
{
    auto *title = new QLabel(tr("Runs"));
    title->setProperty("kind", "heading");
    m_count->setObjectName(QStringLiteral("runsCount"));
    m_count->setProperty("kind", "secondary");
    m_filter->setObjectName(QStringLiteral("runsFilter"));
    m_filter->setAccessibleName(tr("Filter the runs"));
    m_filter->setPlaceholderText(tr("accuracy>90 tag:paper"));
    m_filter->setToolTip(
        tr("Words of recipe, note or tags, and conditions: accuracy>90 (%), bytes<4MB, ms<1.2, "
           "loyalty>95, changed<20, parameters<1M, multiply-adds<5M, tag:paper, note:\"too "
           "coarse\". All must hold; a - before one turns it round."));
    m_filter->setClearButtonEnabled(true);
    m_menu->setObjectName(QStringLiteral("runsMenu"));
    m_menu->setAccessibleName(tr("What can be done with runs"));
    m_menu->setToolTip(m_menu->accessibleName());
    m_menu->setText(QStringLiteral("⋯"));
    m_menu->setAutoRaise(true);
    m_actions = new QMenu(m_menu);
    m_actions->setObjectName(QStringLiteral("runActions"));
    m_actions->addActions(m_table->actions());
    connect(m_menu, &QToolButton::clicked, this,
            [this] { showMenu(m_menu->mapToGlobal(QPoint(0, m_menu->height()))); });
    auto *head = new QFrame;
    head->setProperty("kind", "panelhead");
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(spacing::around, spacing::inside, spacing::inside, spacing::tight);
    line->addWidget(title);
    line->addWidget(m_count);
    line->addWidget(m_filter, 1);
    line->addWidget(m_menu);
    connect(m_filter, &QLineEdit::textChanged, this, &RunsPanel::applyFilter);
    return head;
}

/// In place of a box: what is typed belongs to the runs above.
QWidget *RunsPanel::makeEditor()
{
    m_editor = new QFrame;
    m_editor->setObjectName(QStringLiteral("runEditor"));
    m_editor->setProperty("kind", "panelhead");
    m_editorTitle = new QLabel;
    m_editorTitle->setProperty("kind", "secondary");
    m_editorLine = new QLineEdit;
    m_editorLine->setObjectName(QStringLiteral("runEditorLine"));
    m_editorLine->installEventFilter(this);
    m_editorTitle->setBuddy(m_editorLine);
    m_editorTitle->setWordWrap(true);
    m_editorLine->setPlaceholderText(tr("Enter keeps it, Esc does not"));
    m_editorLine->setToolTip(m_editorLine->placeholderText());
    auto *column = new QVBoxLayout(m_editor);
    column->setContentsMargins(spacing::around, spacing::tight, spacing::around, spacing::inside);
    column->setSpacing(spacing::tight);
    column->addWidget(m_editorTitle);
    column->addWidget(m_editorLine);
    m_editor->hide();
    connect(m_editorLine, &QLineEdit::returnPressed, this, [this] {
        const QString text = m_editorLine->text().trimmed();
        const QStringList ids = m_edited;
        endEditing();
        if (m_editing == Editing::Note) {
            Q_EMIT noteGiven(ids, text);
            return;
        }
        QStringList tags;
        for (const QString &tag : text.split(',', Qt::SkipEmptyParts))
            tags << tag.simplified();
        tags.removeAll(QString());
        tags.removeDuplicates();
        Q_EMIT tagsGiven(ids, tags);
    });
    return m_editor;
}

QAction *RunsPanel::makeAction(const char *name, const QString &text, const QKeySequence &key)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(action);
    return action;
}

void RunsPanel::makeActions()
{
    const auto separate = [this] {
        auto *line = new QAction(this);
        line->setSeparator(true);
        m_table->addAction(line);
    };
    m_use = makeAction("runUse", tr("&Use its recipe"), {});
    m_compare = makeAction("runCompare", tr("&Compare"), QKeySequence(tr("Ctrl+D")));
    m_compare->setShortcutContext(Qt::WindowShortcut);
    m_export = makeAction("runExport", tr("&Export…"), {});
    m_export->setVisible(false);
    separate();
    m_command = makeAction("runCommand", tr("Copy as co&mmand"), QKeySequence(tr("Ctrl+Alt+C")));
    copyRowsByKey(m_table)->setObjectName(QStringLiteral("runCopy"));
    separate();
    m_note = makeAction("runNote", tr("&Note…"), QKeySequence(Qt::Key_F2));
    m_tags = makeAction("runTags", tr("&Tags…"), QKeySequence(tr("Shift+F2")));
    makeLookActions();
    m_delete = makeAction("runDelete", tr("&Delete"), QKeySequence::Delete);
    m_bringBack = makeAction("runBringBack", tr("&Bring back"), {});
    separate();
    m_deleted = makeAction("runsDeleted", tr("&Show deleted runs"), {});
    m_deleted->setCheckable(true);
    m_table->addAction(m_table->columnMenu()->menuAction());
    connectActions();
}

/// Okabe and Ito's colours, which also those tell apart who see fewer.
void RunsPanel::makeLookActions()
{
    m_pin = makeAction("runPin", tr("&Pin"), {});
    m_pin->setToolTip(tr("Always named on the chart, and first in the table"));
    m_pin->setCheckable(true);
    m_colours = new QMenu(tr("Co&lour"), this);
    m_colours->setObjectName(QStringLiteral("runColours"));
    m_table->addAction(m_colours->menuAction());
    const std::pair<QString, const char *> colours[] = {
        {tr("That of its family"), ""},   {tr("Orange"), "#e69f00"}, {tr("Sky blue"), "#56b4e9"},
        {tr("Bluish green"), "#009e73"},  {tr("Blue"), "#0072b2"},   {tr("Vermilion"), "#d55e00"},
        {tr("Reddish purple"), "#cc79a7"}};
    for (const auto &[title, colour] : colours) {
        QAction *action = m_colours->addAction(title);
        action->setObjectName(QStringLiteral("runColour") + QLatin1String(colour));
        if (*colour) {
            QPixmap patch(14, 14);
            patch.fill(QColor(QLatin1String(colour)));
            action->setIcon(patch);
        }
        connect(action, &QAction::triggered, this, [this, colour = QString::fromLatin1(colour)] {
            Q_EMIT colourGiven(selectedRuns(), colour);
        });
    }
    m_origin = makeAction("runOrigin", tr("Select the run it came &from"), {});
    connect(m_pin, &QAction::triggered, this,
            [this](bool pinned) { Q_EMIT pinsGiven(selectedRuns(), pinned); });
    connect(m_origin, &QAction::triggered, this, [this] {
        const std::optional<int> row = m_model->rowOf(selectedRun());
        const std::vector<Run> &runs = m_model->runs();
        const Run *before =
            row ? runBeforeTraining(runs[static_cast<std::size_t>(*row)], runs) : nullptr;
        if (before)
            Q_EMIT runSelected(QString::fromStdString(before->id));
    });
}

void RunsPanel::connectActions()
{
    connect(m_use, &QAction::triggered, this, [this] { Q_EMIT runActivated(selectedRun()); });
    connect(m_compare, &QAction::triggered, this,
            [this] { Q_EMIT compareRequested(selectedRuns()); });
    connect(m_export, &QAction::triggered, this, [this] { Q_EMIT exportRequested(selectedRun()); });
    connect(m_command, &QAction::triggered, this,
            [this] { Q_EMIT commandRequested(selectedRun()); });
    connect(m_note, &QAction::triggered, this, [this] { edit(Editing::Note); });
    connect(m_tags, &QAction::triggered, this, [this] { edit(Editing::Tags); });
    connect(m_delete, &QAction::triggered, this,
            [this] { Q_EMIT deleteRequested(selectedRuns()); });
    connect(m_bringBack, &QAction::triggered, this,
            [this] { Q_EMIT bringBackRequested(selectedRuns()); });
    connect(m_deleted, &QAction::toggled, this, [this](bool shown) {
        {
            const QScopedValueRollback quiet(m_selecting, true);
            m_rows->setDeleted(shown ? RunsProxy::Deleted::Shown : RunsProxy::Deleted::Hidden);
        }
        selectWanted();
    });
}

void RunsPanel::showMenu(const QPoint &globalPosition)
{
    m_actions->popup(globalPosition);
}

QTableView *RunsPanel::table() const
{
    return m_table;
}

RunNote RunsPanel::noteOfFirst() const
{
    const std::optional<int> row = m_model->rowOf(selectedRun());
    return row ? m_model->note(*row) : RunNote();
}

void RunsPanel::edit(Editing what)
{
    m_edited = selectedRuns();
    if (m_edited.isEmpty())
        return;
    m_editing = what;
    const RunNote note = noteOfFirst();
    const QString of =
        m_edited.size() == 1
            ? m_model->index(*m_model->rowOf(m_edited.first()), RunsModel::RecipeColumn)
                  .data()
                  .toString()
            : tr("%n run(s)", nullptr, static_cast<int>(m_edited.size()));
    if (what == Editing::Note) {
        m_editorTitle->setText(tr("Note of %1").arg(of));
        m_editorLine->setText(QString::fromStdString(note.text));
    } else {
        m_editorTitle->setText(tr("Tags of %1, with commas between").arg(of));
        QStringList tags;
        for (const std::string &tag : note.tags)
            tags << QString::fromStdString(tag);
        m_editorLine->setText(tags.join(QStringLiteral(", ")));
    }
    m_editorLine->setAccessibleName(m_editorTitle->text());
    m_editor->show();
    m_editorLine->selectAll();
    m_editorLine->setFocus();
}

void RunsPanel::endEditing()
{
    m_editor->hide();
    m_edited.clear();
    m_table->setFocus();
}

bool RunsPanel::eventFilter(QObject *watched, QEvent *event)
{
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched == m_editorLine && key &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        if (event->type() == QEvent::KeyPress)
            endEditing();
        event->accept(); // not the window's, which would cancel what runs
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RunsPanel::setRuns(const std::vector<Run> &runs, const RunNotes &notes,
                        const ExportsOfRuns &exports)
{
    {
        const QScopedValueRollback quiet(m_selecting, true);
        m_model->setRuns(runs, notes, exports);
    }
    selectWanted();
}

/// After rows came or went, where the table would go on with its own choice.
void RunsPanel::selectWanted()
{
    const QScopedValueRollback quiet(m_selecting, true);
    QItemSelection rows;
    for (const QString &id : m_wanted) {
        const std::optional<int> row = m_model->rowOf(id);
        const QModelIndex index =
            row ? m_rows->mapFromSource(m_model->index(*row, 0)) : QModelIndex();
        if (index.isValid())
            rows.select(index, index);
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect |
                                                QItemSelectionModel::Rows);
    showCount();
    updateActions();
}

void RunsPanel::showCount()
{
    const int all = m_model->rowCount();
    const int shown = m_rows->rowCount();
    const bool filtered = !m_rows->filter().conditions.empty();
    m_count->setText(all == 0   ? QString()
                     : filtered ? tr("%1 of %2").arg(shown).arg(all)
                                : QString::number(shown));
    m_table->setVisible(shown > 0);
    m_empty->setVisible(shown == 0);
    m_empty->setText(all == 0 && !m_emptyWhy.isEmpty() ? m_emptyWhy
                     : all == 0 ? tr("No runs yet. Measure a recipe, or the model as it is, with "
                                     "Ctrl+R.")
                     : filtered ? tr("No run is like that.")
                                : tr("All runs were deleted. The menu above shows them, to bring "
                                     "them back."));
    m_empty->setAction(all == 0   ? m_emptyAction
                       : filtered ? tr("Clear the filter")
                                  : tr("Show deleted runs"));
}

void RunsPanel::setEmpty(const QString &why, const QString &action)
{
    m_emptyWhy = why;
    m_emptyAction = action;
    showCount();
}

/// The button in the empty table.
void RunsPanel::fill()
{
    if (m_model->rowCount() == 0)
        Q_EMIT emptyActionRequested();
    else if (!m_rows->filter().conditions.empty())
        m_filter->clear();
    else
        m_deleted->setChecked(true);
}

void RunsPanel::applyFilter()
{
    RunFilter filter = parsedRunFilter(m_filter->text());
    m_problem->setText(filter.problem);
    m_problem->setVisible(!filter.problem.isEmpty());
    {
        const QScopedValueRollback quiet(m_selecting, true);
        m_rows->setFilter(std::move(filter));
    }
    selectWanted();
}

void RunsPanel::setAccess(RunsAccess access)
{
    m_access = access;
    updateActions();
}

void RunsPanel::offerUndo(const QString &done)
{
    m_done->setNotice({done, tr("Undo"), Notice::Weight::Plain});
}

void RunsPanel::updateActions()
{
    const QStringList ids = selectedRuns();
    const bool one = ids.size() == 1;
    const bool changeable = m_access == RunsAccess::Changeable && !ids.isEmpty();
    const auto deleted = std::ranges::count_if(ids, [this](const QString &id) {
        const std::optional<int> row = m_model->rowOf(id);
        return row && m_model->note(*row).deleted;
    });
    m_use->setEnabled(one && m_access == RunsAccess::Changeable);
    m_export->setEnabled(one);
    m_command->setEnabled(one);
    m_compare->setEnabled(ids.size() > 1 && ids.size() <= mostCompared);
    m_note->setEnabled(changeable);
    m_tags->setEnabled(changeable);
    const std::optional<int> row = one ? m_model->rowOf(ids.first()) : std::nullopt;
    const std::vector<Run> &runs = m_model->runs();
    m_origin->setEnabled(row && runBeforeTraining(runs[static_cast<std::size_t>(*row)], runs));
    m_pin->setEnabled(changeable);
    m_pin->setChecked(!ids.isEmpty() && noteOfFirst().pinned);
    m_colours->setEnabled(changeable);
    m_delete->setEnabled(changeable && deleted < ids.size());
    m_bringBack->setEnabled(changeable && deleted > 0);
}

void RunsPanel::takeSelection()
{
    updateActions();
    const QStringList ids = selectedRuns();
    if (m_selecting)
        return;
    m_wanted = ids;
    Q_EMIT runsSelected(ids);
    if (ids.size() == 1)
        Q_EMIT runSelected(ids.first());
}

void RunsPanel::selectRuns(const QStringList &ids)
{
    m_wanted = ids;
    selectWanted();
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    if (!selected.isEmpty())
        m_table->scrollTo(selected.first());
}

void RunsPanel::selectRun(const QString &id)
{
    const QStringList selected = selectedRuns();
    if (selected == QStringList(id) ||
        (selected.size() > 1 && (id.isEmpty() || selected.contains(id))))
        return;
    m_wanted = id.isEmpty() ? QStringList() : QStringList(id);
    const QScopedValueRollback quiet(m_selecting, true);
    const std::optional<int> row = m_model->rowOf(id);
    const QModelIndex index = row ? m_rows->mapFromSource(m_model->index(*row, 0)) : QModelIndex();
    if (!index.isValid()) {
        m_table->selectionModel()->clear();
        return;
    }
    // Not the table's own functions, which do what the keys that are held would: Ctrl, in Ctrl+Z.
    m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    m_table->selectionModel()->select(index, QItemSelectionModel::ClearAndSelect |
                                                 QItemSelectionModel::Rows);
    m_table->scrollTo(index);
}

QString RunsPanel::selectedRun() const
{
    const QStringList ids = selectedRuns();
    return ids.isEmpty() ? QString() : ids.first();
}

QStringList RunsPanel::selectedRuns() const
{
    return m_table->selectedIds();
}

void RunsPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(Theme::of(palette()));
    QWidget::changeEvent(event);
}

} // namespace pare

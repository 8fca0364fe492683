#include "widgets/panels/jobspanel.h"

#include "widgets/theme/emptystate.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QStyle>
#include <QTableWidget>
#include <QToolButton>
#include <algorithm>
#include <utility>

namespace pare {

namespace {

enum Column { StateColumn, TitleColumn, BeganColumn, TookColumn, ResultColumn, ColumnCount };

constexpr int leastForResult = 340; // pixels, for what a job does and what it found

} // namespace

JobsPanel::JobsPanel(QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableWidget(0, ColumnCount))
    , m_detail(new QLabel)
    , m_empty(new EmptyState(QStringLiteral("jobsEmpty")))
    , m_pause(makeAction("jobPause", tr("Pause"),
                         tr("Holds the job that runs between two units of its work")))
    , m_first(makeAction("jobFirst", tr("Move first"), tr("It is the next that begins")))
    , m_cancel(makeAction("jobCancel", tr("Cancel"), tr("Stops the job, or takes it off the list")))
    , m_repeat(makeAction("jobRepeat", tr("Try again"), tr("Puts the same job on the list again")))
    , m_copy(makeAction("jobCopy", tr("Copy"), tr("Copies what the job did, or what went wrong")))
{
    setAttribute(Qt::WA_StyledBackground);
    m_table->setObjectName(QStringLiteral("jobs"));
    m_table->setAccessibleName(tr("Jobs"));
    m_table->setHorizontalHeaderLabels(
        {tr("State"), tr("Job"), tr("Began"), tr("Took"), tr("Result")});
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + spacing::inside);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({m_pause, m_first, m_cancel, m_repeat, m_copy});
    m_cancel->setShortcut(QKeySequence::Delete);
    m_copy->setShortcut(QKeySequence::Copy);
    m_pause->setShortcut(Qt::Key_Space);
    for (QAction *action : m_table->actions())
        action->setShortcutContext(Qt::WidgetShortcut);
    m_detail->setObjectName(QStringLiteral("jobDetail"));
    m_detail->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setContentsMargins(spacing::around, spacing::tight, spacing::around, spacing::tight);
    m_empty->setText(tr("Nothing was computed since the program was opened."));
    connect(m_empty, &EmptyState::actionRequested, this, &JobsPanel::emptyActionRequested);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(m_detail);
    column->addWidget(makeButtons());
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &JobsPanel::updateActions);
    setRows({});
}

void JobsPanel::setEmptyAction(const QString &action)
{
    m_empty->setAction(action);
}

QAction *JobsPanel::makeAction(const char *name, const QString &text, const QString &toolTip)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setToolTip(toolTip);
    return action;
}

QWidget *JobsPanel::makeButtons()
{
    auto *buttons = new QWidget;
    auto *line = new QHBoxLayout(buttons);
    line->setContentsMargins(spacing::around, 0, spacing::inside, spacing::inside);
    line->setSpacing(spacing::tight);
    for (QAction *action : {m_pause, m_first, m_cancel, m_repeat, m_copy}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setAccessibleName(action->toolTip());
        if (action == m_pause) // is as wide when it says the other
            button->setMinimumWidth(fontMetrics().horizontalAdvance(tr("Continue")) +
                                    2 * spacing::around);
        line->addWidget(button);
        if (action == m_cancel)
            m_cancelButton = button;
        else if (action == m_repeat)
            m_repeatButton = button;
    }
    line->addStretch(1);
    connect(m_pause, &QAction::triggered, this, [this] {
        if (!m_rows.empty() && m_rows.front().kind == JobRow::Kind::Paused)
            Q_EMIT continueRequested();
        else
            Q_EMIT pauseRequested();
    });
    const auto onSelected = [this](QAction *action, auto signal) {
        connect(action, &QAction::triggered, this, [this, signal] {
            if (const JobRow *row = selected())
                Q_EMIT(this->*signal)(row->number);
        });
    };
    onSelected(m_first, &JobsPanel::firstRequested);
    onSelected(m_cancel, &JobsPanel::cancelRequested);
    onSelected(m_repeat, &JobsPanel::repeatRequested);
    connect(m_copy, &QAction::triggered, this, [this] {
        if (const JobRow *row = selected())
            QApplication::clipboard()->setText(
                QStringList{row->began, row->title, row->state, row->took, row->result}.join('\t'));
    });
    return buttons;
}

const JobRow *JobsPanel::selected() const
{
    const QModelIndexList chosen = m_table->selectionModel()->selectedRows();
    return chosen.isEmpty() ? nullptr : &m_rows.at(static_cast<std::size_t>(chosen.first().row()));
}

void JobsPanel::setRows(std::vector<JobRow> rows)
{
    const JobRow *chosen = selected();
    const std::uint64_t number = chosen ? chosen->number : 0;
    const bool otherJobs = !std::ranges::equal(rows, m_rows, {}, &JobRow::number, &JobRow::number);
    const std::vector<JobRow> before = std::exchange(m_rows, std::move(rows));
    {
        const QSignalBlocker quiet(m_table);
        m_table->setRowCount(static_cast<int>(m_rows.size()));
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (otherJobs || before[i] != m_rows[i])
                fill(static_cast<int>(i));
        }
        if (otherJobs && number > 0) {
            const auto found = std::ranges::find(m_rows, number, &JobRow::number);
            m_table->clearSelection();
            if (found != m_rows.end())
                m_table->selectRow(static_cast<int>(found - m_rows.begin()));
        }
    }
    m_table->setVisible(!m_rows.empty());
    m_empty->setVisible(m_rows.empty());
    if (otherJobs)
        fitColumns();
    updateActions();
}

void JobsPanel::fill(int row)
{
    const JobRow &job = m_rows[static_cast<std::size_t>(row)];
    const QString texts[] = {job.state, job.title, job.began, job.took, job.result};
    for (int column = 0; column < ColumnCount; ++column) {
        QTableWidgetItem *item = m_table->item(row, column);
        if (!item) {
            item = new QTableWidgetItem;
            m_table->setItem(row, column, item);
        }
        item->setText(texts[column]);
        item->setToolTip(texts[column]);
    }
}

void JobsPanel::fitColumns()
{
    for (const int column : {StateColumn, BeganColumn, TookColumn}) {
        int width = fontMetrics().horizontalAdvance(m_table->horizontalHeaderItem(column)->text());
        for (int row = 0; row < m_table->rowCount(); ++row)
            width = std::max(width,
                             fontMetrics().horizontalAdvance(m_table->item(row, column)->text()));
        m_table->setColumnWidth(column, width + spacing::around + spacing::inside);
    }
    const int others = m_table->columnWidth(StateColumn) + m_table->columnWidth(BeganColumn) +
                       m_table->columnWidth(TookColumn);
    const int room = m_table->viewport()->width() - others;
    const bool narrow = room < leastForResult;
    m_table->setColumnHidden(ResultColumn, narrow); // it stands below the table, too
    m_table->setColumnWidth(TitleColumn, narrow ? std::max(room, leastForResult / 2) : room / 2);
}

void JobsPanel::updateActions()
{
    const bool paused = !m_rows.empty() && m_rows.front().kind == JobRow::Kind::Paused;
    const bool running = !m_rows.empty() && m_rows.front().kind == JobRow::Kind::Running;
    const JobRow *row = selected();
    m_pause->setText(paused ? tr("Continue") : tr("Pause"));
    m_pause->setEnabled(paused || running);
    // The second row is the next already.
    m_first->setEnabled(row && row->kind == JobRow::Kind::Waiting && row - m_rows.data() > 1);
    m_cancel->setText(row && row->kind == JobRow::Kind::Waiting ? tr("Remove") : tr("Cancel"));
    m_cancel->setEnabled(row && row->kind != JobRow::Kind::Ended);
    m_repeat->setEnabled(row && row->repeatable);
    m_cancelButton->setVisible(!m_repeat->isEnabled()); // never both: one place for the two
    m_repeatButton->setVisible(m_repeat->isEnabled());
    m_copy->setEnabled(row);
    m_detail->setText(row ? row->result : QString());
    m_detail->setProperty("kind", row && row->failed ? "problem" : "secondary");
    m_detail->style()->unpolish(m_detail);
    m_detail->style()->polish(m_detail);
    m_detail->setVisible(row && !row->result.isEmpty());
}

void JobsPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

} // namespace pare

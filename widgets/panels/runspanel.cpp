#include "widgets/panels/runspanel.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QTableView>

namespace pare {

RunsPanel::RunsPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new RunsModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new QTableView)
    , m_count(new QLabel)
    , m_empty(new QLabel(tr("No runs yet. Measure a recipe, or the model as it is, with Ctrl+R.")))
{
    setAttribute(Qt::WA_StyledBackground);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RunsModel::SortRole);
    m_sorted->setDynamicSortFilter(true);
    m_table->setObjectName(QStringLiteral("runs"));
    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunsModel::BytesColumn, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + spacing::inside);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    // Figures take no more than they need: the room is the recipe's.
    const int figures = fontMetrics().horizontalAdvance(QStringLiteral("000.00")) + spacing::around;
    header->setDefaultSectionSize(figures);
    header->setSectionResizeMode(RunsModel::RecipeColumn, QHeaderView::Stretch);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(40);
    const int recipe = fontMetrics().horizontalAdvance(QStringLiteral("4 bits, groups"));
    setMinimumWidth(recipe + (m_model->columnCount() - 1) * figures + 2 * spacing::around);

    auto *title = new QLabel(tr("Runs"));
    title->setProperty("kind", "heading");
    m_count->setProperty("kind", "secondary");
    m_empty->setProperty("kind", "secondary");
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    auto *head = new QFrame;
    head->setProperty("kind", "panelhead");
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(spacing::around, spacing::inside, spacing::around, spacing::tight);
    line->addWidget(title, 1);
    line->addWidget(m_count);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (!m_selecting && current.isValid())
                    Q_EMIT runSelected(idAt(current));
            });
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT runActivated(idAt(index)); });
    setRuns({});
}

QString RunsPanel::idAt(const QModelIndex &index) const
{
    return index.data(RunsModel::IdRole).toString();
}

void RunsPanel::setRuns(const std::vector<Run> &runs)
{
    const QScopedValueRollback quiet(m_selecting, true);
    m_model->setRuns(runs);
    m_count->setText(runs.empty() ? QString() : QString::number(runs.size()));
    m_table->setVisible(!runs.empty());
    m_empty->setVisible(runs.empty());
}

void RunsPanel::selectRun(const QString &id)
{
    const QScopedValueRollback quiet(m_selecting, true);
    const std::optional<int> row = m_model->rowOf(id);
    if (!row) {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
        return;
    }
    const QModelIndex index = m_sorted->mapFromSource(m_model->index(*row, 0));
    m_table->setCurrentIndex(index);
    m_table->selectRow(index.row());
    m_table->scrollTo(index);
}

QString RunsPanel::selectedRun() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : idAt(rows.first());
}

void RunsPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(Theme::of(palette()));
    QWidget::changeEvent(event);
}

} // namespace pare

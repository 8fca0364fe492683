#include "widgets/panels/runtable.h"

#include <QHeaderView>
#include <QMenu>
#include <algorithm>

namespace pare {

namespace {

RunsModel::Column runColumn(int place)
{
    return static_cast<RunsModel::Column>(place);
}

} // namespace

RunTable::RunTable(RunsProxy *rows, QWidget *parent)
    : QTableView(parent)
    , m_columns(new QMenu(tr("&Columns"), this))
{
    setObjectName(QStringLiteral("runs"));
    setAccessibleName(tr("Runs"));
    setModel(rows);
    setSortingEnabled(true);
    sortByColumn(RunsModel::BytesColumn, Qt::AscendingOrder);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + spacing::inside);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(40);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { m_columns->popup(horizontalHeader()->mapToGlobal(at)); });
    horizontalHeader()->setResizeContentsPrecision(0); // the rows in sight, of however many
    connect(rows, &QAbstractItemModel::modelReset, this, &RunTable::fitColumns);
    connect(rows, &QAbstractItemModel::rowsInserted, this, &RunTable::fitColumns);
    makeColumnMenu();
    setShownColumns({QStringLiteral("bytes"), QStringLiteral("metric"), QStringLiteral("latency")});
}

void RunTable::makeColumnMenu()
{
    m_columns->setObjectName(QStringLiteral("runColumns"));
    for (int place = RunsModel::RecipeColumn + 1; place < RunsModel::ColumnCount; ++place) {
        QAction *action = m_columns->addAction(columnTitle(runColumn(place)));
        action->setObjectName(QStringLiteral("runColumn.") + columnKey(runColumn(place)));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, place](bool shown) {
            setColumnHidden(place, !shown);
            fitColumns();
            Q_EMIT columnsChanged();
        });
    }
    connect(m_columns, &QMenu::aboutToShow, this, [this] {
        for (int place = RunsModel::RecipeColumn + 1; place < RunsModel::ColumnCount; ++place)
            m_columns->actions().at(place - 1)->setChecked(!isColumnHidden(place));
    });
}

QStringList RunTable::shownColumns() const
{
    QStringList keys;
    for (int place = 0; place < RunsModel::ColumnCount; ++place) {
        if (!isColumnHidden(place))
            keys << columnKey(runColumn(place));
    }
    return keys;
}

void RunTable::setShownColumns(const QStringList &keys)
{
    for (int place = RunsModel::RecipeColumn + 1; place < RunsModel::ColumnCount; ++place)
        setColumnHidden(place, !keys.contains(columnKey(runColumn(place))));
    fitColumns();
}

/// The recipe takes the room that is left, down to what makes it readable.
void RunTable::fitColumns()
{
    const auto wide = [this](const char *text) {
        return fontMetrics().horizontalAdvance(QLatin1String(text)) + spacing::around;
    };
    int figures = 0;
    for (int place = RunsModel::RecipeColumn + 1; place < RunsModel::ColumnCount; ++place) {
        const QString title = model()->headerData(place, Qt::Horizontal).toString();
        int width =
            std::max(wide("00.00"), fontMetrics().horizontalAdvance(title) + 2 * spacing::wide);
        if (place == RunsModel::IntervalColumn)
            width = wide("00.0–000.0");
        else if (place == RunsModel::TimeColumn)
            width = wide("2000-00-00 00:00");
        else if (place == RunsModel::TagsColumn)
            width = wide("a tag, another");
        else if (place == RunsModel::NoteColumn)
            width = wide("a note of some thirty letters");
        else
            width = std::max(width, sizeHintForColumn(place) + spacing::inside);
        setColumnWidth(place, width);
        figures += isColumnHidden(place) ? 0 : width;
    }
    const int recipe = wide("4 bits, groups of 64");
    setColumnWidth(RunsModel::RecipeColumn, std::max(recipe, viewport()->width() - figures));
}

QStringList RunTable::selectedIds() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList ids;
    for (const QModelIndex &row : rows)
        ids << row.data(RunsModel::IdRole).toString();
    return ids;
}

void RunTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void RunTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectedIdsChanged();
}

} // namespace pare

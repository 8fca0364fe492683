#include "widgets/panels/runtable.h"

#include "widgets/theme/direction.h"

#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>
#include <algorithm>

namespace pare {

namespace {

RunsModel::Column runColumn(int place)
{
    return static_cast<RunsModel::Column>(place);
}

/// Names and figures keep their order where the window runs from the right.
class RunDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QString displayText(const QVariant &value, const QLocale &locale) const override
    {
        return isolated(QStyledItemDelegate::displayText(value, locale));
    }
};

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
    setItemDelegate(new RunDelegate(this));
    setTextElideMode(Qt::ElideMiddle); // names differ in how they begin, and in how they end
    makeHead();
    connect(rows, &QAbstractItemModel::modelReset, this, &RunTable::fitColumns);
    connect(rows, &QAbstractItemModel::rowsInserted, this, &RunTable::fitColumns);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &RunTable::fitColumns);
    makeColumnMenu();
    setShownColumns({QStringLiteral("bytes"), QStringLiteral("metric"), QStringLiteral("latency")});
}

void RunTable::makeHead()
{
    QHeaderView *head = horizontalHeader();
    head->setHighlightSections(false);
    head->setMinimumSectionSize(24);
    head->setSectionsMovable(true);
    head->setFirstSectionMovable(false);
    head->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(head, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { m_columns->popup(horizontalHeader()->mapToGlobal(at)); });
    head->setResizeContentsPrecision(0); // the rows in sight, of however many
    connect(head, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (m_arranging || width == 0)
            return;
        m_widths[column] = width;
        fitColumns();
        Q_EMIT columnsChanged();
    });
    connect(head, &QHeaderView::sectionHandleDoubleClicked, this, [this](int column) {
        m_widths.erase(column); // as wide as its figures again
        fitColumns();
        Q_EMIT columnsChanged();
    });
    connect(head, &QHeaderView::sectionMoved, this, [this] {
        if (!m_arranging)
            Q_EMIT columnsChanged();
    });
}

QStringList RunTable::columnLayout() const
{
    QStringList layout;
    for (int place = 0; place < RunsModel::ColumnCount; ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        const auto width = m_widths.find(column);
        layout
            << (width == m_widths.end()
                    ? columnKey(runColumn(column))
                    : QStringLiteral("%1=%2").arg(columnKey(runColumn(column))).arg(width->second));
    }
    return layout;
}

void RunTable::setColumnLayout(const QStringList &layout)
{
    const QScopedValueRollback quiet(m_arranging, true);
    QHeaderView *head = horizontalHeader();
    int place = 1; // the recipe stands first
    for (const QString &entry : layout) {
        const QString key = entry.section('=', 0, 0);
        int column = 0;
        while (column < RunsModel::ColumnCount && columnKey(runColumn(column)) != key)
            ++column;
        if (column == RunsModel::ColumnCount)
            continue; // of another version
        if (const int width = entry.section('=', 1).toInt(); width > 0)
            m_widths[column] = width;
        if (column != RunsModel::RecipeColumn)
            head->moveSection(head->visualIndex(column), place++);
    }
    fitColumns();
}

void RunTable::makeColumnMenu()
{
    m_columns->setObjectName(QStringLiteral("runColumns"));
    for (int place = RunsModel::RecipeColumn + 1; place < RunsModel::ColumnCount; ++place) {
        QAction *action = m_columns->addAction(columnTitle(runColumn(place)));
        action->setObjectName(QStringLiteral("runColumn.") + columnKey(runColumn(place)));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, place](bool shown) {
            {
                const QScopedValueRollback quiet(m_arranging, true);
                setColumnHidden(place, !shown);
            }
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
    const QScopedValueRollback quiet(m_arranging, true);
    for (int place = RunsModel::RecipeColumn + 1; place < RunsModel::ColumnCount; ++place)
        setColumnHidden(place, !keys.contains(columnKey(runColumn(place))));
    fitColumns();
}

/// What its figures need; texts get what makes them readable.
int RunTable::fittedWidth(int column) const
{
    const auto wide = [this](const QString &text) {
        return fontMetrics().horizontalAdvance(text) + spacing::around;
    };
    switch (column) {
    case RunsModel::IntervalColumn:
        return wide(QStringLiteral("00.0 … 100.0"));
    case RunsModel::TimeColumn:
        return wide(QStringLiteral("2000-00-00 00:00"));
    case RunsModel::TagsColumn:
        return wide(QStringLiteral("a tag, another"));
    case RunsModel::NoteColumn:
        return wide(QStringLiteral("a note of some thirty letters"));
    default:
        break;
    }
    // The one by which they are sorted has room for its mark beside its title.
    const bool sorted = horizontalHeader()->sortIndicatorSection() == column;
    const QString title = model()->headerData(column, Qt::Horizontal).toString();
    return std::max({wide(QStringLiteral("00.0")), sizeHintForColumn(column) + spacing::tight,
                     horizontalHeader()->fontMetrics().horizontalAdvance(title) +
                         2 * spacing::wide + (sorted ? spacing::wide : 0)});
}

/// The recipe takes the room that is left, down to what makes it readable.
void RunTable::fitColumns()
{
    const QScopedValueRollback quiet(m_arranging, true);
    int figures = 0;
    for (int column = RunsModel::RecipeColumn + 1; column < RunsModel::ColumnCount; ++column) {
        if (isColumnHidden(column))
            continue;
        const auto given = m_widths.find(column);
        const int width = given == m_widths.end() ? fittedWidth(column) : given->second;
        setColumnWidth(column, width);
        figures += width;
    }
    const auto given = m_widths.find(RunsModel::RecipeColumn);
    const int least = given == m_widths.end()
                          ? fontMetrics().horizontalAdvance(QStringLiteral("4 bits, groups"))
                          : given->second;
    setColumnWidth(RunsModel::RecipeColumn, std::max(least, viewport()->width() - figures));
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

#include "widgets/layermap/layermappanel.h"

#include "widgets/layermap/layertablemodel.h"
#include "widgets/theme/elided.h"
#include "widgets/theme/emptystate.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <algorithm>
#include <optional>

namespace pare {

namespace {

QString parametersText(std::int64_t parameters)
{
    const auto count = static_cast<double>(parameters);
    if (count >= 1e9)
        return LayerMapPanel::tr("%1 G parameters").arg(numberText(count / 1e9, 2));
    if (count >= 1e6)
        return LayerMapPanel::tr("%1 M parameters")
            .arg(numberText(count / 1e6, count < 1e8 ? 2 : 0));
    return LayerMapPanel::tr("%1 parameters").arg(countText(parameters));
}

/// "4.99 kB" stays in that order where text runs from the right.
class FigureDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (option->displayAlignment & Qt::AlignAbsolute)
            option->direction = Qt::LeftToRight;
    }
};

} // namespace

/// The rows of the layers that were found, or all.
class LayerMapPanel::Rows : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setFound(std::optional<QSet<QString>> names)
    {
        m_names = std::move(names);
        invalidateRowsFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        return !m_names || m_names->contains(sourceModel()
                                                 ->index(row, LayerTableModel::NameColumn, parent)
                                                 .data()
                                                 .toString());
    }

private:
    std::optional<QSet<QString>> m_names;
};

LayerMapPanel::LayerMapPanel(QWidget *parent)
    : QWidget(parent)
    , m_map(new LayerMap)
    , m_rows(new LayerTableModel(this))
    , m_sorted(new Rows(this))
    , m_table(new QTableView)
    , m_empty(new EmptyState(QStringLiteral("mapEmpty")))
    , m_views(new QStackedWidget)
    , m_tableButton(new QToolButton)
    , m_find(new QLineEdit)
    , m_found(new QLabel)
    , m_answer(new QFrame)
    , m_answerText(new QLabel)
    , m_answerAction(new QPushButton)
    , m_summary(new ElidedLabel)
    , m_colour(new ElidedComboBox)
    , m_widths(new QComboBox)
{
    auto *title = new QLabel(tr("Layer map"));
    title->setProperty("kind", "heading");
    m_summary->setProperty("kind", "secondary");
    m_summary->setMinimumWidth(fontMetrics().averageCharWidth() * 6);
    m_colour->setAccessibleName(tr("What colour shows"));
    m_colour->setToolTip(m_colour->accessibleName());
    m_colour->addItem(tr("Colour: bytes"), static_cast<int>(LayerColour::Bytes));
    m_colour->addItem(tr("Colour: technique"), static_cast<int>(LayerColour::Technique));
    m_colour->setObjectName(QStringLiteral("mapColour"));
    m_colour->setMinimumContentsLength(9);
    m_colour->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_colour->setMaximumWidth(fontMetrics().averageCharWidth() * 30);
    m_widths->setProperty("quiet", true);
    m_widths->setAccessibleName(tr("What width shows"));
    m_widths->setToolTip(m_widths->accessibleName());
    m_widths->addItem(tr("Width: √ bytes"), static_cast<int>(LayerWidths::SquareRoot));
    m_widths->addItem(tr("Width: bytes"), static_cast<int>(LayerWidths::Bytes));
    m_widths->addItem(tr("Width: log bytes"), static_cast<int>(LayerWidths::Logarithm));
    m_widths->addItem(tr("Width: equal"), static_cast<int>(LayerWidths::Equal));

    auto *head = new QFrame;
    head->setProperty("kind", "head");
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(spacing::around, spacing::inside, spacing::around, spacing::inside);
    line->setSpacing(spacing::inside);
    line->addWidget(title);
    line->addSpacing(spacing::inside);
    line->addWidget(m_summary);
    line->addWidget(m_found);
    line->addWidget(m_find, 1);
    line->addWidget(m_colour, 1);
    line->addWidget(m_tableButton);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_answer);
    column->addWidget(m_views, 1);
    makeTable();
    makeFind();
    makeAnswer();
    m_map->setLegendEnd(m_widths);
    connect(m_empty, &EmptyState::actionRequested, this, &LayerMapPanel::emptyActionRequested);
    showView();

    connect(m_colour, &QComboBox::currentIndexChanged, this, [this] {
        const int chosen = m_colour->currentData().toInt();
        const int value = static_cast<int>(LayerColour::Value);
        if (chosen >= value)
            Q_EMIT measureChosen(chosen - value);
        m_map->setColour(static_cast<LayerColour>(qMin(chosen, value)));
        m_colour->setToolTip(m_colour->currentText()); // it may be cut off
    });
    connect(m_widths, &QComboBox::currentIndexChanged, this, [this] {
        m_map->setWidths(static_cast<LayerWidths>(m_widths->currentData().toInt()));
    });
}

void LayerMapPanel::makeTable()
{
    m_sorted->setSourceModel(m_rows);
    m_sorted->setSortRole(LayerTableModel::SortRole);
    m_table->setObjectName(QStringLiteral("layerTable"));
    m_table->setAccessibleName(tr("Layers as a table"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(LayerTableModel::NameColumn, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setShowGrid(false);
    m_table->setItemDelegate(new FigureDelegate(m_table));
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + spacing::inside);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->horizontalHeader()->setToolTip(tr("A right click chooses further columns"));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_views->addWidget(m_map);
    m_views->addWidget(m_table);
    m_views->addWidget(m_empty);

    m_tableButton->setObjectName(QStringLiteral("mapTable"));
    m_tableButton->setText(tr("Table"));
    m_tableButton->setToolTip(tr("The same layers as rows (Ctrl+T)"));
    m_tableButton->setCheckable(true);
    connect(m_tableButton, &QToolButton::toggled, this, &LayerMapPanel::showTable);

    auto *copy = new QAction(tr("Copy rows"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &LayerMapPanel::copyRows);
    m_table->addAction(copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_map, &LayerMap::selectionChanged, this, &LayerMapPanel::selectRows);
    connect(m_map, &LayerMap::selectionChanged, this, &LayerMapPanel::tellFound);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &LayerMapPanel::takeRows);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT m_map->activated(
            index.siblingAtColumn(LayerTableModel::NameColumn).data().toString());
    });
}

void LayerMapPanel::setData(const LayerMapData &data)
{
    m_map->setData(data);
    const QScopedValueRollback quiet(m_selecting, true);
    const int columns = m_rows->columnCount();
    m_rows->setData(data);
    if (m_rows->columnCount() != columns)
        makeColumnMenu();
    showView();
    selectRows();
    tellFound();
}

void LayerMapPanel::setEmpty(const QString &why, const QString &action)
{
    m_empty->setText(why);
    m_empty->setAction(action);
}

void LayerMapPanel::showView()
{
    const bool empty = m_map->data().cells.empty();
    QWidget *view = m_tableButton->isChecked() ? static_cast<QWidget *>(m_table) : m_map;
    m_views->setCurrentWidget(empty ? m_empty : view);
    for (QWidget *control : {static_cast<QWidget *>(m_find), static_cast<QWidget *>(m_colour),
                             static_cast<QWidget *>(m_tableButton)})
        control->setEnabled(!empty);
}

/// One entry for each measure, in the menu of the table's head.
void LayerMapPanel::makeColumnMenu()
{
    QHeaderView *head = m_table->horizontalHeader();
    qDeleteAll(head->actions());
    for (const LayerMeasure &measure : m_rows->data().measures) {
        const QString key = QString::fromStdString(measure.key);
        auto *action = new QAction(measure.title, head);
        action->setObjectName(QStringLiteral("layerColumn.") + key);
        action->setCheckable(true);
        action->setChecked(m_columns.contains(key));
        connect(action, &QAction::toggled, this, [this, key](bool shown) {
            m_columns.removeAll(key);
            if (shown)
                m_columns << key;
            hideColumns();
            Q_EMIT columnsChanged();
        });
        head->addAction(action);
    }
    hideColumns();
}

void LayerMapPanel::hideColumns()
{
    for (const LayerMeasure &measure : m_rows->data().measures)
        m_table->setColumnHidden(m_rows->columnOf(measure.key),
                                 !m_columns.contains(QString::fromStdString(measure.key)));
}

void LayerMapPanel::setShownColumns(const QStringList &keys)
{
    m_columns = keys;
    makeColumnMenu();
}

bool LayerMapPanel::showsTable() const
{
    return m_tableButton->isChecked();
}

void LayerMapPanel::showTable(bool table)
{
    m_tableButton->setChecked(table);
    showView();
    selectRows();
    m_views->currentWidget()->setFocus();
    if (table)
        Q_EMIT tableShown();
}

void LayerMapPanel::filterRows(const std::optional<QStringList> &names)
{
    const QScopedValueRollback quiet(m_selecting, true);
    m_sorted->setFound(names ? std::optional(QSet<QString>(names->begin(), names->end()))
                             : std::nullopt);
}

/// The map's selection, in the table.
void LayerMapPanel::selectRows()
{
    if (!showsTable())
        return;
    const QScopedValueRollback quiet(m_selecting, true);
    QItemSelection rows;
    for (const QString &name : m_map->selection()) {
        if (const auto cell = m_map->data().find(name.toStdString())) {
            const QModelIndex index =
                m_sorted->mapFromSource(m_rows->index(static_cast<int>(*cell), 0));
            rows.select(index, index);
        }
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect |
                                                QItemSelectionModel::Rows);
    if (!rows.isEmpty())
        m_table->scrollTo(rows.indexes().first());
}

/// The table's selection, in the map.
void LayerMapPanel::takeRows()
{
    if (m_selecting)
        return;
    const QScopedValueRollback quiet(m_selecting, true);
    QStringList names;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        names << index.data().toString();
    m_map->setSelection(names);
    Q_EMIT m_map->selectionChanged(m_map->selection());
}

/// The selected rows with their head, as other programs paste them.
void LayerMapPanel::copyRows()
{
    QStringList lines;
    QStringList cells;
    std::vector<int> columns;
    for (int column = 0; column < m_sorted->columnCount(); ++column) {
        if (m_table->isColumnHidden(column))
            continue;
        columns.push_back(column);
        cells << m_sorted->headerData(column, Qt::Horizontal).toString();
    }
    lines << cells.join('\t');
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    for (const QModelIndex &row : rows) {
        cells.clear();
        for (const int column : columns)
            cells << row.siblingAtColumn(column).data().toString();
        lines << cells.join('\t');
    }
    QApplication::clipboard()->setText(lines.join('\n') + '\n');
}

void LayerMapPanel::setSummary(const QString &summary)
{
    m_summary->setText(summary);
    m_summary->setToolTip(summary);
}

void LayerMapPanel::setColour(LayerColour colour)
{
    m_colour->setCurrentIndex(m_colour->findData(static_cast<int>(colour)));
}

void LayerMapPanel::showMeasure(int measure)
{
    m_colour->setCurrentIndex(m_colour->findData(static_cast<int>(LayerColour::Value) + measure));
}

int LayerMapPanel::measure() const
{
    return m_colour->currentData().toInt() - static_cast<int>(LayerColour::Value);
}

void LayerMapPanel::setMeasures(const QStringList &titles)
{
    m_measures = titles;
    const int chosen = m_colour->currentIndex();
    const int value = static_cast<int>(LayerColour::Value);
    if (chosen >= value + titles.size())
        m_colour->setCurrentIndex(0);
    const QSignalBlocker blocker(m_colour);
    while (m_colour->count() > value)
        m_colour->removeItem(m_colour->count() - 1);
    for (int i = 0; i < titles.size(); ++i)
        m_colour->addItem(tr("Colour: %1").arg(titles[i]), value + i);
    if (chosen < m_colour->count())
        m_colour->setCurrentIndex(chosen);
}

void LayerMapPanel::setWidths(LayerWidths widths)
{
    m_widths->setCurrentIndex(m_widths->findData(static_cast<int>(widths)));
}

QString modelSummary(const ModelDescription &model)
{
    return QStringLiteral("%1 %2 × %3 · %4")
        .arg(QString::fromStdString(model.architecture))
        .arg(model.blocks)
        .arg(model.width)
        .arg(parametersText(model.parameters));
}

} // namespace pare

#include "widgets/panels/tabletext.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QStringList>
#include <QTableView>
#include <algorithm>
#include <vector>

namespace pare {

namespace {

/// Without what would end a field or a line.
QString field(QString text)
{
    return text.replace('\t', ' ').replace('\n', ' ');
}

} // namespace

QString tableText(const QTableView &table)
{
    const QAbstractItemModel *rows = table.model();
    std::vector<int> columns;
    QStringList heads;
    for (int place = 0; place < rows->columnCount(); ++place) {
        const int column = table.horizontalHeader()->logicalIndex(place);
        if (table.isColumnHidden(column))
            continue;
        columns.push_back(column);
        heads << field(rows->headerData(column, Qt::Horizontal).toString());
    }
    QModelIndexList chosen = table.selectionModel()->selectedRows();
    std::ranges::sort(chosen, {}, &QModelIndex::row);
    for (int row = 0; chosen.isEmpty() && row < rows->rowCount(); ++row)
        chosen << rows->index(row, 0);
    QStringList lines{heads.join('\t')};
    for (const QModelIndex &index : chosen) {
        QStringList fields;
        for (const int column : columns)
            fields << field(rows->index(index.row(), column).data().toString());
        lines << fields.join('\t');
    }
    return lines.join('\n') + '\n';
}

QAction *copyRowsByKey(QTableView *table)
{
    auto *copy = new QAction(QTableView::tr("Copy rows"), table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, table,
                     [table] { QApplication::clipboard()->setText(tableText(*table)); });
    table->addAction(copy);
    table->setContextMenuPolicy(Qt::ActionsContextMenu);
    return copy;
}

} // namespace pare

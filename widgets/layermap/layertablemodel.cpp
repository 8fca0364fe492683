#include "widgets/layermap/layertablemodel.h"

#include <algorithm>
#include <cmath>

namespace pare {

namespace {

/// Own bytes now; those of shared layers count nothing.
std::optional<std::int64_t> bytesAfter(const LayerMapCell &cell)
{
    return cell.isShared() ? std::optional<std::int64_t>(0) : cell.state.bytes;
}

} // namespace

LayerTableModel::LayerTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void LayerTableModel::setData(const LayerMapData &data)
{
    const bool same =
        data.cells.size() == m_data.cells.size() &&
        std::ranges::equal(data.cells, m_data.cells, {}, &LayerMapCell::name, &LayerMapCell::name);
    if (!same)
        beginResetModel();
    m_data = data;
    if (!same) {
        endResetModel();
    } else if (!m_data.cells.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, ValueColumn, ValueColumn);
    }
}

int LayerTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_data.cells.size());
}

int LayerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LayerTableModel::text(const LayerMapCell &cell, int column) const
{
    switch (column) {
    case NameColumn:
        return QString::fromStdString(cell.name);
    case RoleColumn:
        return QString::fromUtf8(nameOf(cell.role).data(),
                                 static_cast<qsizetype>(nameOf(cell.role).size()));
    case ShapeColumn:
        return layerShapeText(cell.shape);
    case BeforeColumn:
        return cell.sharedBefore.empty() ? bytesText(cell.bytesBefore) : QString();
    case AfterColumn:
        return cell.isShared()
                   ? QStringLiteral("= ") + QString::fromStdString(cell.state.sharedWith)
                   : shortBytesText(cell.state.bytes);
    case LeftColumn:
        if (!bytesAfter(cell) || cell.bytesBefore <= 0)
            return QString();
        return QStringLiteral("%1 %").arg(100 * static_cast<double>(*bytesAfter(cell)) /
                                              static_cast<double>(cell.bytesBefore),
                                          0, 'f', 1);
    case TechniqueColumn:
        return cell.state.technique;
    case ValueColumn:
        return std::isnan(cell.state.value) ? QString() : valueText(m_data, cell.state.value);
    default:
        return {};
    }
}

QVariant LayerTableModel::sortKey(const LayerMapCell &cell, int row, int column) const
{
    switch (column) {
    case NameColumn:
        return row; // as data flows
    case ShapeColumn:
    case BeforeColumn:
        return static_cast<qlonglong>(cell.bytesBefore);
    case AfterColumn:
        return static_cast<qlonglong>(bytesAfter(cell).value_or(-1));
    case LeftColumn:
        return cell.bytesBefore > 0 ? static_cast<double>(bytesAfter(cell).value_or(0)) /
                                          static_cast<double>(cell.bytesBefore)
                                    : 0.0;
    case ValueColumn:
        return std::isnan(cell.state.value) ? -1.0 : cell.state.value;
    default:
        return text(cell, column);
    }
}

QVariant LayerTableModel::data(const QModelIndex &index, int role) const
{
    const LayerMapCell &cell = m_data.cells[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(cell, index.column());
    case Qt::ToolTipRole:
        return toolTipText(m_data, cell);
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn ? spokenText(m_data, cell) : text(cell, index.column());
    case Qt::TextAlignmentRole: {
        const bool figure = index.column() >= ShapeColumn && index.column() <= LeftColumn;
        const bool right = figure || index.column() == ValueColumn;
        return QVariant((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case SortRole:
        return sortKey(cell, index.row(), index.column());
    default:
        return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool figure = section >= ShapeColumn && section <= LeftColumn;
        return QVariant((figure || section == ValueColumn ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Layer"), tr("Role"), tr("Shape"),     tr("Before"),
                              tr("After"), tr("Left"), tr("Technique"), m_data.valueTitle};
    return titles[section];
}

} // namespace pare

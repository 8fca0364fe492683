#include "widgets/layermap/layertablemodel.h"

#include "widgets/theme/words.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pare {

namespace {

/// Own bytes now; those of shared layers count nothing.
std::optional<std::int64_t> bytesAfter(const LayerMapCell &cell)
{
    return cell.isShared() ? std::optional<std::int64_t>(0) : cell.state.bytes;
}

/// Figures on the right, whatever way text runs.
QVariant alignmentOf(int column)
{
    const bool figure =
        column >= LayerTableModel::ShapeColumn && column != LayerTableModel::TechniqueColumn;
    return QVariant((figure ? Qt::AlignRight | Qt::AlignAbsolute : Qt::AlignLeft) |
                    Qt::AlignVCenter);
}

} // namespace

LayerTableModel::LayerTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void LayerTableModel::setData(const LayerMapData &data)
{
    const bool same = std::ranges::equal(data.cells, m_data.cells, {}, &LayerMapCell::name,
                                         &LayerMapCell::name) &&
                      std::ranges::equal(data.measures, m_data.measures, {}, &LayerMeasure::key,
                                         &LayerMeasure::key);
    if (!same)
        beginResetModel();
    m_data = data;
    if (!same) {
        endResetModel();
    } else if (!m_data.cells.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, ValueColumn, columnCount() - 1);
    }
}

int LayerTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_data.cells.size());
}

int LayerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstMeasure + static_cast<int>(m_data.measures.size());
}

int LayerTableModel::columnOf(std::string_view key) const
{
    const LayerMeasure *found = m_data.measure(key);
    return found ? FirstMeasure + static_cast<int>(found - m_data.measures.data()) : -1;
}

const LayerMeasure &LayerTableModel::measure(int column) const
{
    return column < FirstMeasure ? m_data.shown
                                 : m_data.measures[static_cast<std::size_t>(column - FirstMeasure)];
}

double LayerTableModel::value(int row, int column) const
{
    return column < FirstMeasure ? cell(row).state.value
                                 : measure(column).values[static_cast<std::size_t>(row)];
}

QString LayerTableModel::text(int row, int column) const
{
    const LayerMapCell &cell = this->cell(row);
    switch (column) {
    case NameColumn:
        return QString::fromStdString(cell.name);
    case RoleColumn:
        return roleTitle(cell.role);
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
        return numberText(100 * static_cast<double>(*bytesAfter(cell)) /
                              static_cast<double>(cell.bytesBefore),
                          1) +
               QStringLiteral(" %");
    case TechniqueColumn:
        return cell.state.technique;
    default:
        return std::isnan(value(row, column)) ? QString()
                                              : valueText(measure(column), value(row, column));
    }
}

QVariant LayerTableModel::sortKey(int row, int column) const
{
    const LayerMapCell &cell = this->cell(row);
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
    case RoleColumn:
    case TechniqueColumn:
        return text(row, column);
    default: // what is not known stands below all that is
        return std::isnan(value(row, column)) ? -std::numeric_limits<double>::infinity()
                                              : value(row, column);
    }
}

QVariant LayerTableModel::data(const QModelIndex &index, int role) const
{
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return toolTipText(m_data, cell(row));
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn ? spokenText(m_data, cell(row))
                                            : text(row, index.column());
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case SortRole:
        return sortKey(row, index.column());
    default:
        return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role == Qt::ToolTipRole && section >= ValueColumn)
        return measure(section).about;
    if (role != Qt::DisplayRole)
        return {};
    if (section >= ValueColumn)
        return measure(section).title;
    const QString titles[] = {tr("Layer"), tr("Role"), tr("Shape"),    tr("Before"),
                              tr("After"), tr("Left"), tr("Technique")};
    return titles[section];
}

} // namespace pare

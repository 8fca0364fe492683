// The layers of the map as rows: the same values as numbers. Window's thread; owned by the table.
#pragma once

#include "widgets/layermap/layermapdata.h"

#include <QAbstractTableModel>

namespace pare {

class LayerTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        RoleColumn,
        ShapeColumn,
        BeforeColumn,
        AfterColumn,
        LeftColumn, ///< per cent of before
        TechniqueColumn,
        ValueColumn,
        FirstMeasure ///< then one column for each of LayerMapData::measures
    };
    enum Role { SortRole = Qt::UserRole + 1 };

    explicit LayerTableModel(QObject *parent = nullptr);

    void setData(const LayerMapData &data);
    const LayerMapData &data() const { return m_data; }
    /// Of the measure with that key; −1: there is none.
    int columnOf(std::string_view key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(int row, int column) const;
    QVariant sortKey(int row, int column) const;
    const LayerMapCell &cell(int row) const { return m_data.cells[static_cast<std::size_t>(row)]; }
    const LayerMeasure &measure(int column) const;
    double value(int row, int column) const;

    LayerMapData m_data;
};

} // namespace pare

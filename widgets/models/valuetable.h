// Rows of texts as a table, sorted by a proxy through `SortRole`: for views whose figures are put
// into words by whoever knows them. Window's thread; owned by the panel that shows it.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <optional>
#include <vector>

namespace pare {

struct TableCell
{
    QString text;
    QVariant sort = {}; ///< what rows are sorted by; invalid: the text
    QString toolTip = {};

    bool operator==(const TableCell &) const = default;
};

struct TableColumn
{
    QString title;
    QString toolTip = {};
    enum class Kind { Text, Number } kind = Kind::Number; ///< numbers stand on the right

    bool operator==(const TableColumn &) const = default;
};

struct TableData
{
    std::vector<TableColumn> columns;
    std::vector<std::vector<TableCell>> rows; ///< each as long as `columns`
    std::vector<int> groups = {};             ///< of each row, for filters; may be empty

    bool operator==(const TableData &) const = default;
};

class ValueTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { SortRole = Qt::UserRole + 1, GroupRole };

    explicit ValueTable(QObject *parent = nullptr);

    void setTable(TableData data);
    const TableData &table() const { return m_data; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    TableData m_data;
};

} // namespace pare

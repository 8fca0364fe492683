// What a picture shows as columns of numbers, for files and for other programs.
//
// The same in every language: names of columns are English and end in their unit, numbers have a
// decimal point. A plain value; any thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

namespace pare {

struct FigureTable
{
    QStringList columns; ///< "file_bytes", "accuracy_share"
    std::vector<QStringList> rows;

    /// RFC 4180, UTF-8.
    QByteArray csv() const;
    /// With tabs, as spreadsheets take it from the clipboard.
    QString tabbed() const;
};

/// Twelve significant digits, whatever the locale; empty for what is not a number.
QString plainNumber(double value);

} // namespace pare

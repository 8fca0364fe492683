#include "widgets/theme/figuretable.h"

#include <cmath>

namespace pare {

namespace {

QString quoted(QString text)
{
    const bool needed =
        text.contains(',') || text.contains('"') || text.contains('\n') || text.contains('\r');
    return needed ? '"' + text.replace('"', QLatin1String("\"\"")) + '"' : text;
}

QString onOneLine(QString text)
{
    for (QChar &c : text) {
        if (c == '\t' || c == '\n' || c == '\r')
            c = ' ';
    }
    return text;
}

QString joined(const FigureTable &table, QString (*cell)(QString), const QString &between,
               const QString &end)
{
    QString text;
    const auto add = [&](const QStringList &line) {
        QStringList cells;
        for (const QString &one : line)
            cells << cell(one);
        text += cells.join(between) + end;
    };
    add(table.columns);
    for (const QStringList &row : table.rows)
        add(row);
    return text;
}

} // namespace

QByteArray FigureTable::csv() const
{
    return joined(*this, quoted, QStringLiteral(","), QStringLiteral("\r\n")).toUtf8();
}

QString FigureTable::tabbed() const
{
    return joined(*this, onOneLine, QStringLiteral("\t"), QStringLiteral("\n"));
}

QString plainNumber(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 12) : QString();
}

} // namespace pare

#include "app/report/pdftable.h"

#include "app/report/words.h"

#include <QFontMetricsF>
#include <algorithm>
#include <numeric>

namespace pare {

namespace {

constexpr qreal textSize = 7.5;
constexpr qreal headSize = 7;
constexpr qreal codeSize = 6.2;
constexpr qreal padding = 3.5 * point;
constexpr qreal between = 2 * point; // above and below a row's text

/// Numbers break before their interval alone.
QString numberText(QString text)
{
    return text.replace(' ', QChar(QChar::Nbsp))
        .replace(QString(QChar(QChar::Nbsp)) + '(', QStringLiteral(" ("));
}

qreal longestPart(const QString &text, const QFont &font)
{
    qreal longest = 0;
    for (const QString &part : text.split(' '))
        longest = std::max(longest, QFontMetricsF(font).horizontalAdvance(part));
    return longest;
}

class TableDrawing
{
public:
    TableDrawing(PdfPages &pages, const ReportTable &table)
        : m_pages(pages)
        , m_table(table)
        , m_widths(columnWidths())
    {}

    void draw()
    {
        const qreal least = leastHeight();
        if (!m_table.caption.isEmpty()) {
            m_pages.need(least + 20 * point);
            m_pages.text(m_table.caption, paperFont(Typeface::Bold, 8.5), m_pages.theme().text);
            m_pages.space(2 * point);
        }
        m_pages.need(least);
        drawHead();
        for (const ReportRow &row : m_table.rows) {
            const qreal height = rowHeight(row);
            if (height > m_pages.room() && !m_pages.atTop()) {
                m_pages.newPage();
                drawHead();
            }
            drawRow(row, height);
        }
        line(1);
    }

private:
    /// What stays on one page: a small table as a whole, of a large one the head and a row.
    qreal leastHeight() const
    {
        constexpr std::size_t fewRows = 10;
        qreal height = headHeight();
        for (const ReportRow &row : m_table.rows)
            height += rowHeight(row);
        if (m_table.rows.size() <= fewRows && height < m_pages.pageHeight() / 2)
            return height;
        return headHeight() + (m_table.rows.empty() ? 0 : rowHeight(m_table.rows.front()));
    }

    QString textOf(const ReportCell &cell, std::size_t column) const
    {
        QString text = cell.text;
        if (!cell.mark.isEmpty())
            text += QStringLiteral(" · ") + cell.mark;
        return m_table.columns[column].kind == ColumnKind::Number ? numberText(text) : text;
    }

    /// What one types stands in its cell, or where the cell has words as well, below the row.
    bool codeIsBelow(const ReportCell &cell) const
    {
        return !cell.code.empty() && !cell.text.isEmpty();
    }

    /// What a column cannot do without.
    qreal leastWidth(std::size_t column) const
    {
        const QFont font = paperFont(Typeface::Body, textSize);
        const QFont code = paperFont(Typeface::Mono, codeSize);
        const ColumnKind kind = m_table.columns[column].kind;
        qreal least =
            longestPart(m_table.columns[column].title, paperFont(Typeface::Bold, headSize));
        for (const ReportRow &row : m_table.rows) {
            const ReportCell &cell = row.cells[column];
            least = std::max(least, longestPart(textOf(cell, column), font));
            if (kind == ColumnKind::Code) {
                for (const QString &line : cell.code)
                    least = std::max(least, QFontMetricsF(code).horizontalAdvance(line));
            }
        }
        const qreal most = kind == ColumnKind::Number ? m_pages.width() / 2 : m_pages.width() / 3;
        return std::min(least, most) + 2 * padding;
    }

    /// What it would take to break no line.
    qreal fullWidth(std::size_t column) const
    {
        const QFontMetricsF metrics(paperFont(Typeface::Body, textSize));
        const QFontMetricsF code(paperFont(Typeface::Mono, codeSize));
        qreal full = 0;
        for (const ReportRow &row : m_table.rows) {
            const ReportCell &cell = row.cells[column];
            full = std::max(full, metrics.horizontalAdvance(textOf(cell, column)));
            if (!codeIsBelow(cell)) {
                for (const QString &line : cell.code)
                    full = std::max(full, code.horizontalAdvance(line));
            }
        }
        return std::max(full + 2 * padding, leastWidth(column));
    }

    qreal wishOfNumbers(const std::vector<qreal> &wishes) const
    {
        qreal sum = 0;
        for (std::size_t i = 0; i < wishes.size(); ++i)
            sum += m_table.columns[i].kind == ColumnKind::Number ? wishes[i] : 0;
        return sum;
    }

    /// Divides the room that is left.
    std::vector<qreal> withWishes(std::vector<qreal> widths, const std::vector<qreal> &wishes,
                                  qreal room) const
    {
        const qreal wished = std::accumulate(wishes.begin(), wishes.end(), 0.0);
        // Numbers are not broken where that leaves enough for words.
        const qreal numbers = wishOfNumbers(wishes);
        const qreal others = wished - numbers;
        const bool unbroken = numbers <= room - std::min(others, m_pages.width() / 4);
        const qreal rest = unbroken ? room - numbers : room;
        const qreal sharing = unbroken ? others : wished;
        const qreal share = sharing > 0 ? std::min(1.0, rest / sharing) : 0;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const bool number = m_table.columns[i].kind == ColumnKind::Number;
            widths[i] += unbroken && number ? wishes[i] : wishes[i] * share;
        }
        return widths;
    }

    std::vector<qreal> columnWidths() const
    {
        std::vector<qreal> widths;
        std::vector<qreal> wishes;
        for (std::size_t column = 0; column < m_table.columns.size(); ++column) {
            widths.push_back(leastWidth(column));
            wishes.push_back(fullWidth(column) - widths.back());
        }
        const qreal least = std::accumulate(widths.begin(), widths.end(), 0.0);
        const qreal room = m_pages.width() - least;
        if (room <= 0) {
            for (qreal &width : widths)
                width *= m_pages.width() / least;
            return widths;
        }
        widths = withWishes(std::move(widths), wishes, room);
        // Words take what is left, so that every table is as wide as the page.
        const qreal total = std::accumulate(widths.begin(), widths.end(), 0.0);
        const auto words = std::ranges::find_if(m_table.columns, [](const ReportColumn &column) {
            return column.kind != ColumnKind::Number;
        });
        const auto widest = words == m_table.columns.end() ? 0 : words - m_table.columns.begin();
        widths[static_cast<std::size_t>(widest)] += m_pages.width() - total;
        return widths;
    }

    Qt::Alignment alignment(std::size_t column) const
    {
        return m_table.columns[column].kind == ColumnKind::Number ? Qt::AlignRight : Qt::AlignLeft;
    }

    TextBlock headBlock(std::size_t column) const
    {
        return {typeset(m_table.columns[column].title), paperFont(Typeface::Bold, headSize),
                m_widths[column] - 2 * padding, alignment(column)};
    }

    TextBlock textBlock(const ReportCell &cell, std::size_t column) const
    {
        return {typeset(textOf(cell, column)), paperFont(Typeface::Body, textSize),
                m_widths[column] - 2 * padding, alignment(column)};
    }

    TextBlock codeBlock(const ReportCell &cell, qreal width) const
    {
        return {cell.code.join('\n'), paperFont(Typeface::Mono, codeSize), width - 2 * padding};
    }

    qreal headHeight() const
    {
        qreal height = 0;
        for (std::size_t column = 0; column < m_table.columns.size(); ++column)
            height = std::max(height, headBlock(column).height());
        return height + 2 * between;
    }

    /// Of the cells' own text, without what stands below the row.
    qreal cellsHeight(const ReportRow &row) const
    {
        qreal height = 0;
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            const ReportCell &cell = row.cells[column];
            qreal own = cell.text.isEmpty() ? 0 : textBlock(cell, column).height();
            if (!cell.code.empty() && !codeIsBelow(cell))
                own += codeBlock(cell, m_widths[column]).height();
            height = std::max(height, own);
        }
        return height;
    }

    qreal rowHeight(const ReportRow &row) const
    {
        qreal height = cellsHeight(row) + 2 * between;
        for (const ReportCell &cell : row.cells) {
            if (codeIsBelow(cell))
                height += codeBlock(cell, m_pages.width()).height();
        }
        return height;
    }

    void line(qreal thickness)
    {
        m_pages.painter().setPen(QPen(m_pages.theme().line, thickness * point * 0.5));
        m_pages.painter().drawLine(QPointF(m_pages.left(), m_pages.y()),
                                   QPointF(m_pages.left() + m_pages.width(), m_pages.y()));
    }

    void drawHead()
    {
        const qreal height = headHeight();
        qreal x = m_pages.left() + padding;
        m_pages.painter().setPen(m_pages.theme().secondary);
        for (std::size_t column = 0; column < m_table.columns.size(); ++column) {
            const TextBlock block = headBlock(column);
            block.draw(m_pages.painter(),
                       QPointF(x, m_pages.y() + height - between - block.height()));
            x += m_widths[column];
        }
        m_pages.advance(height);
    }

    void drawRow(const ReportRow &row, qreal height)
    {
        QPainter &painter = m_pages.painter();
        const QRectF place(m_pages.left(), m_pages.y(), m_pages.width(), height);
        if (row.kind != RowKind::Plain)
            painter.fillRect(place, row.kind == RowKind::Chosen ? m_pages.theme().selection()
                                                                : m_pages.theme().faint);
        line(1);
        qreal x = place.left() + padding;
        qreal below = place.top() + between + cellsHeight(row);
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            const ReportCell &cell = row.cells[column];
            painter.setPen(m_pages.theme().text);
            if (!cell.text.isEmpty())
                textBlock(cell, column).draw(painter, QPointF(x, place.top() + between));
            if (codeIsBelow(cell)) {
                const TextBlock block = codeBlock(cell, m_pages.width());
                painter.setPen(m_pages.theme().secondary);
                block.draw(painter, QPointF(place.left() + padding, below));
                below += block.height();
            } else if (!cell.code.empty()) {
                codeBlock(cell, m_widths[column]).draw(painter, QPointF(x, place.top() + between));
            }
            x += m_widths[column];
        }
        m_pages.advance(height);
    }

    PdfPages &m_pages;
    const ReportTable &m_table;
    std::vector<qreal> m_widths;
};

} // namespace

void drawTable(PdfPages &pages, const ReportTable &table)
{
    if (!table.columns.empty())
        TableDrawing(pages, table).draw();
}

} // namespace pare

#include "app/report/markdownwriter.h"

#include <QRegularExpression>

namespace pare {

namespace {

/// Text that stays text: what Markdown or HTML would read as form is escaped.
QString plain(QString text)
{
    static const QRegularExpression special(QStringLiteral("([\\\\`*_{}\\[\\]<>|~#])"));
    return text.replace(special, QStringLiteral("\\\\1")).replace('\n', ' ');
}

/// A piece of code within a line or a table.
QString code(const QString &text)
{
    const QString fence = text.contains('`') ? QStringLiteral("`` ") : QStringLiteral("`");
    QString mirrored = fence;
    std::reverse(mirrored.begin(), mirrored.end());
    return fence + QString(text).replace('|', QLatin1String("\\|")).replace('\n', ' ') + mirrored;
}

class MarkdownBlocks
{
public:
    QString text() const { return m_text; }

    void add(const ReportSection &section)
    {
        m_text += QString(section.level, '#') + ' ' + plain(section.title) + "\n\n";
        for (const ReportBlock &block : section.blocks)
            std::visit([this](const auto &known) { write(known); }, block);
    }

private:
    void write(const ReportParagraph &paragraph)
    {
        if (paragraph.tone == ParagraphTone::Alert)
            m_text += QLatin1String("> **!** ");
        m_text += plain(paragraph.text) + "\n\n";
    }

    void write(const ReportFigures &figures)
    {
        for (const ReportFigure &figure : figures.figures)
            m_text += QStringLiteral("- %1: **%2** (%3)\n")
                          .arg(plain(figure.name), plain(figure.value), plain(figure.below));
        m_text += '\n';
    }

    void write(const ReportTable &table)
    {
        if (!table.caption.isEmpty())
            m_text += "**" + plain(table.caption) + "**\n\n";
        m_text += '|';
        for (const ReportColumn &column : table.columns)
            m_text += ' ' + plain(column.title) + " |";
        m_text += "\n|";
        for (const ReportColumn &column : table.columns)
            m_text += column.kind == ColumnKind::Number ? "---:|" : "---|";
        m_text += '\n';
        for (const ReportRow &row : table.rows) {
            m_text += '|';
            for (const ReportCell &cell : row.cells)
                m_text += ' ' + cellText(cell, row.kind) + " |";
            m_text += '\n';
        }
        m_text += '\n';
    }

    static QString cellText(const ReportCell &cell, RowKind kind)
    {
        QStringList lines;
        if (!cell.text.isEmpty())
            lines << (kind == RowKind::Chosen ? "**" + plain(cell.text) + "**" : plain(cell.text));
        if (!cell.mark.isEmpty())
            lines.last() += " (" + plain(cell.mark) + ')';
        for (const QString &line : cell.code)
            lines << code(line);
        return lines.join(QLatin1String("<br>"));
    }

    void write(const ReportPicture &picture) { m_text += '*' + plain(picture.caption) + "*\n\n"; }

    void write(const ReportCode &block) { m_text += "```sh\n" + block.text + "\n```\n\n"; }

    void write(const ReportReferences &references)
    {
        for (const ReportReference &entry : references.entries) {
            m_text += "- **" + plain(entry.name) + "**";
            for (const QString &used : entry.used)
                m_text += ' ' + code(used);
            m_text += ": " + plain(entry.text);
            if (!entry.paper.isEmpty())
                m_text += " (" + plain(entry.paper) + ')';
            m_text += '\n';
        }
        m_text += '\n';
    }

    QString m_text;
};

} // namespace

QByteArray markdownOf(const ReportContent &content)
{
    MarkdownBlocks blocks;
    for (const ReportSection &section : content.sections)
        blocks.add(section);
    const QString text =
        "# " + plain(content.title) + "\n\n" + plain(content.under) + "\n\n" + blocks.text();
    return text.trimmed().toUtf8() + '\n';
}

} // namespace pare

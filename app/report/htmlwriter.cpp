#include "app/report/htmlwriter.h"

#include "app/report/embedded.h"
#include "app/report/htmlstyle.h"
#include "app/report/pictures.h"
#include "app/report/words.h"

#include <QRegularExpression>

namespace pare {

namespace {

/// How much room pictures may take.
enum class PictureDetail { LightAndDark, Light, Coarse, None };

QString escaped(const QString &text)
{
    return typeset(text).toHtmlEscaped();
}

/// What is typed stays as it is.
QString escapedCode(const QString &text)
{
    return text.toHtmlEscaped();
}

/// arXiv numbers as links.
QString linkedPaper(const QString &paper)
{
    static const QRegularExpression number(QStringLiteral("arXiv (\\d{4}\\.\\d{4,5})"));
    QString text = escaped(paper);
    return text.replace(number,
                        QStringLiteral("<a href=\"https://arxiv.org/abs/\\1\">arXiv \\1</a>"));
}

QString kindClass(ColumnKind kind)
{
    switch (kind) {
    case ColumnKind::Words:
        return QStringLiteral("words");
    case ColumnKind::Code:
        return QStringLiteral("code");
    case ColumnKind::Number:
        break;
    }
    return QStringLiteral("number");
}

/// Writes the blocks of a report one after the other.
class HtmlBlocks
{
public:
    explicit HtmlBlocks(PictureDetail detail)
        : m_detail(detail)
    {}

    QString text() const { return m_text; }
    void add(const ReportSection &section, int number)
    {
        m_text += QStringLiteral("<h%1 id=\"s%2\">%3</h%1>\n")
                      .arg(section.level)
                      .arg(number)
                      .arg(escaped(section.title));
        for (const ReportBlock &block : section.blocks)
            std::visit([this](const auto &known) { write(known); }, block);
    }

private:
    void write(const ReportParagraph &paragraph)
    {
        const char *kind = paragraph.tone == ParagraphTone::Quiet   ? " class=\"quiet\""
                           : paragraph.tone == ParagraphTone::Alert ? " class=\"alert\""
                                                                    : "";
        m_text += QStringLiteral("<p%1>%2</p>\n").arg(QLatin1String(kind), escaped(paragraph.text));
    }

    void write(const ReportFigures &figures)
    {
        m_text += QLatin1String("<div class=\"figures\">\n");
        for (const ReportFigure &figure : figures.figures)
            m_text += QStringLiteral("<div>%1<b>%2</b>%3</div>\n")
                          .arg(escaped(figure.name), escaped(figure.value), escaped(figure.below));
        m_text += QLatin1String("</div>\n");
    }

    void write(const ReportTable &table)
    {
        m_text += QLatin1String("<div class=\"wide\"><table>\n");
        if (!table.caption.isEmpty())
            m_text += "<caption>" + escaped(table.caption) + "</caption>\n";
        m_text += QLatin1String("<thead><tr>");
        for (const ReportColumn &column : table.columns)
            m_text += QStringLiteral("<th scope=\"col\" class=\"%1\">%2</th>")
                          .arg(kindClass(column.kind), escaped(column.title));
        m_text += QLatin1String("</tr></thead>\n<tbody>\n");
        for (const ReportRow &row : table.rows)
            write(row, table.columns);
        m_text += QLatin1String("</tbody></table></div>\n");
    }

    void write(const ReportRow &row, const std::vector<ReportColumn> &columns)
    {
        const QString kind = row.kind == RowKind::Original ? QStringLiteral("original")
                             : row.kind == RowKind::Chosen ? QStringLiteral("chosen")
                                                           : QStringLiteral("plain");
        QString below;
        m_text += "<tr class=\"" + kind + "\">";
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const ReportCell &cell = row.cells[i];
            m_text += QStringLiteral("<td class=\"%1\">").arg(kindClass(columns[i].kind));
            m_text += escaped(cell.text);
            if (!cell.mark.isEmpty())
                m_text += "<span class=\"mark\">" + escaped(cell.mark) + "</span>";
            (cell.text.isEmpty() ? m_text : below) += codeLines(cell);
            m_text += QLatin1String("</td>");
        }
        m_text += QLatin1String("</tr>\n");
        if (!below.isEmpty())
            m_text += QStringLiteral("<tr class=\"%1 below\"><td colspan=\"%2\">%3</td></tr>\n")
                          .arg(kind)
                          .arg(columns.size())
                          .arg(below);
    }

    static QString codeLines(const ReportCell &cell)
    {
        constexpr qsizetype shortLine = 48; // longer ones may be broken
        QString text;
        for (const QString &line : cell.code)
            text += (line.size() <= shortLine ? "<code class=\"short\">" : "<code>") +
                    escapedCode(line) + "</code>";
        return text;
    }

    void write(const ReportPicture &picture)
    {
        if (m_detail == PictureDetail::None)
            return write(ReportParagraph{picture.caption, ParagraphTone::Quiet});
        m_text += QLatin1String("<figure>\n");
        if (m_detail == PictureDetail::Coarse)
            m_text += QStringLiteral("<img alt=\"%1\" src=\"data:image/png;base64,%2\">")
                          .arg(escaped(picture.caption),
                               QString::fromLatin1(picturePng(picture).toBase64()));
        else
            drawn(picture);
        m_text += "\n<figcaption>" + escaped(picture.caption) + "</figcaption>\n</figure>\n";
    }

    void drawn(const ReportPicture &picture)
    {
        const bool twin = m_detail == PictureDetail::LightAndDark;
        const auto add = [&](ThemeMode mode, const char *kind) {
            m_text += QString::fromUtf8(inlineSvg(pictureSvg(picture, mode), QLatin1String(kind),
                                                  picture.caption,
                                                  QStringLiteral("p%1-").arg(m_pictures++)));
        };
        add(ThemeMode::Light, twin ? "light twin" : "light");
        if (twin)
            add(ThemeMode::Dark, "dark");
    }

    void write(const ReportCode &code)
    {
        m_text += "<pre><code>" + escapedCode(code.text) + "</code></pre>\n";
    }

    void write(const ReportReferences &references)
    {
        m_text += QLatin1String("<dl>\n");
        for (const ReportReference &entry : references.entries) {
            m_text += "<dt>" + escaped(entry.name);
            for (const QString &used : entry.used)
                m_text += " <code>" + escapedCode(used) + "</code>";
            m_text += "</dt>\n<dd>" + escaped(entry.text);
            if (!entry.paper.isEmpty())
                m_text += " <span class=\"paper\">" + linkedPaper(entry.paper) + "</span>";
            m_text += QLatin1String("</dd>\n");
        }
        m_text += QLatin1String("</dl>\n");
    }

    PictureDetail m_detail;
    QString m_text;
    int m_pictures = 0;
};

QString contents(const ReportContent &content)
{
    QString text = "<nav aria-label=\"" + escaped(ReportWords::tr("Contents")) + "\"><ul>\n";
    for (std::size_t i = 0; i < content.sections.size(); ++i) {
        const ReportSection &section = content.sections[i];
        if (section.level == 2)
            text += QStringLiteral("<li><a href=\"#s%1\">%2</a></li>\n")
                        .arg(i)
                        .arg(escaped(section.title));
    }
    return text + "</ul></nav>\n";
}

QByteArray document(const ReportContent &content, const std::string &embedded, PictureDetail detail)
{
    HtmlBlocks blocks(detail);
    for (std::size_t i = 0; i < content.sections.size(); ++i)
        blocks.add(content.sections[i], static_cast<int>(i));
    const QString title = escaped(content.title);
    QString text = "<!DOCTYPE html>\n<html lang=\"" + escaped(content.language) +
                   "\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"generator\" content=\"Pare\">\n"
                   "<title>" +
                   title + "</title>\n<style>\n" + htmlStyle() +
                   "</style>\n</head>\n<body>\n<main>\n";
    text += "<header>\n<h1>" + title + "</h1>\n<p class=\"quiet\">" + escaped(content.under) +
            "</p>\n" + contents(content) + "</header>\n";
    text += blocks.text() + "</main>\n" + QString::fromStdString(scriptElement(embedded)) +
            "\n</body>\n</html>\n";
    return text.toUtf8();
}

} // namespace

QByteArray htmlOf(const ReportContent &content, const std::string &embedded)
{
    QByteArray file;
    for (const PictureDetail detail : {PictureDetail::LightAndDark, PictureDetail::Light,
                                       PictureDetail::Coarse, PictureDetail::None}) {
        file = document(content, embedded, detail);
        if (file.size() < longestHtml)
            break;
    }
    return file;
}

} // namespace pare

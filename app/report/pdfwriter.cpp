#include "app/report/pdfwriter.h"

#include "app/report/embedded.h"
#include "app/report/pdfpages.h"
#include "app/report/pdftable.h"
#include "app/report/pictures.h"
#include "app/report/words.h"

#include <QBuffer>
#include <QPdfWriter>

namespace pare {

namespace {

constexpr qreal bodySize = 9.5;
constexpr qreal noteSize = 8.5;
constexpr qreal codeInside = 6 * point;

/// A picture as wide as the page, or lower than it, with its caption.
class PlacedPicture
{
public:
    PlacedPicture(const ReportPicture &picture, const PdfPages &pages)
        : m_drawing(pictureDrawing(picture))
        , m_caption(typeset(picture.caption), paperFont(Typeface::Body, noteSize), pages.width())
        , m_size(m_drawing.units)
    {
        // Room for a heading above it stays.
        const qreal most = pages.pageHeight() - m_caption.height() - 60 * point;
        m_size.scale(pages.width(), most, Qt::KeepAspectRatio);
    }

    qreal height() const { return m_size.height() + captionGap + m_caption.height(); }

    void draw(PdfPages &pages)
    {
        const qreal indent = (pages.width() - m_size.width()) / 2;
        QPainter &painter = pages.painter();
        painter.save();
        painter.translate(pages.left() + indent, pages.y());
        // Commands that are played are as large as their inches: here units count.
        const qreal inches =
            static_cast<qreal>(m_drawing.commands.logicalDpiX()) / painter.device()->logicalDpiX();
        const qreal scale = m_size.width() / m_drawing.units.width() * inches;
        painter.scale(scale, scale);
        m_drawing.commands.play(&painter);
        painter.restore();
        pages.painter().setPen(pages.theme().secondary);
        m_caption.draw(pages.painter(),
                       QPointF(pages.left(), pages.y() + m_size.height() + captionGap));
        pages.advance(height());
    }

private:
    static constexpr qreal captionGap = 3 * point;

    FigureDrawing m_drawing;
    TextBlock m_caption;
    QSizeF m_size;
};

class PdfBlocks
{
public:
    explicit PdfBlocks(PdfPages &pages)
        : m_pages(pages)
    {}

    void title(const ReportContent &content)
    {
        m_pages.text(content.title, paperFont(Typeface::Bold, 20), m_pages.theme().text);
        m_pages.space(2 * point);
        m_pages.text(content.under, paperFont(Typeface::Body, noteSize), m_pages.theme().secondary);
    }

    void add(const ReportSection &section)
    {
        m_pages.space((section.level == 2 ? 20 : 14) * point);
        // No heading at the foot of a page, without what it is the heading of.
        qreal together = 80 * point;
        if (!section.blocks.empty()) {
            if (const auto *picture = std::get_if<ReportPicture>(&section.blocks.front()))
                together = 40 * point + PlacedPicture(*picture, m_pages).height();
        }
        m_pages.need(std::min(together, m_pages.pageHeight()));
        m_pages.text(section.title, paperFont(Typeface::Bold, section.level == 2 ? 14 : 11),
                     m_pages.theme().text);
        m_pages.space(4 * point);
        for (const ReportBlock &block : section.blocks)
            std::visit([this](const auto &known) { write(known); }, block);
    }

private:
    void write(const ReportParagraph &paragraph)
    {
        const bool quiet = paragraph.tone == ParagraphTone::Quiet;
        const bool alert = paragraph.tone == ParagraphTone::Alert;
        const qreal top = m_pages.y();
        const int page = m_pages.pages();
        m_pages.text(paragraph.text, paperFont(Typeface::Body, quiet ? noteSize : bodySize),
                     quiet ? m_pages.theme().secondary : m_pages.theme().text,
                     alert ? 8 * point : 0);
        if (alert && page == m_pages.pages())
            m_pages.painter().fillRect(QRectF(m_pages.left(), top, 2.5 * point, m_pages.y() - top),
                                       m_pages.theme().family(Family::Quantization));
        m_pages.space(6 * point);
    }

    void write(const ReportFigures &figures)
    {
        const auto count = static_cast<qreal>(figures.figures.size());
        const qreal gap = 8 * point;
        const qreal inside = 7 * point;
        const qreal width = (m_pages.width() - (count - 1) * gap) / count;
        const auto block = [&](const QString &text, Typeface face, qreal size) {
            return TextBlock(typeset(text), paperFont(face, size), width - 2 * inside);
        };
        qreal height = 0;
        for (const ReportFigure &figure : figures.figures)
            height = std::max(height, block(figure.name, Typeface::Body, 7.5).height() +
                                          block(figure.value, Typeface::Bold, 15).height() +
                                          block(figure.below, Typeface::Body, 7.5).height());
        height += 2 * inside;
        m_pages.need(height);
        qreal x = m_pages.left();
        for (const ReportFigure &figure : figures.figures) {
            QPainter &painter = m_pages.painter();
            painter.setPen(QPen(m_pages.theme().line, 0.6 * point));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(x, m_pages.y(), width, height), 4 * point, 4 * point);
            qreal y = m_pages.y() + inside;
            const auto draw = [&](const TextBlock &text, const QColor &colour) {
                painter.setPen(colour);
                text.draw(painter, QPointF(x + inside, y));
                y += text.height();
            };
            draw(block(figure.name, Typeface::Body, 7.5), m_pages.theme().secondary);
            draw(block(figure.value, Typeface::Bold, 15), m_pages.theme().text);
            draw(block(figure.below, Typeface::Body, 7.5), m_pages.theme().secondary);
            x += width + gap;
        }
        m_pages.advance(height);
        m_pages.space(8 * point);
    }

    void write(const ReportTable &table)
    {
        m_pages.space(2 * point);
        drawTable(m_pages, table);
        m_pages.space(8 * point);
    }

    void write(const ReportPicture &picture)
    {
        PlacedPicture placed(picture, m_pages);
        m_pages.need(placed.height());
        placed.draw(m_pages);
        m_pages.space(8 * point);
    }

    void write(const ReportCode &code)
    {
        const QFont font = paperFont(Typeface::Mono, 7);
        // What stands between blank lines is one command.
        for (const QString &part : code.text.split(QStringLiteral("\n\n"))) {
            const TextBlock block(part, font, m_pages.width() - 2 * codeInside);
            m_pages.need(block.height() + codeInside);
            codeGround(codeInside / 2);
            for (int line = 0; line < block.lines(); ++line) {
                const qreal height = block.lineHeight(line);
                m_pages.need(height);
                codeGround(height);
                m_pages.painter().setPen(m_pages.theme().text);
                block.drawLine(m_pages.painter(), line,
                               QPointF(m_pages.left() + codeInside, m_pages.y() - height));
            }
            codeGround(codeInside / 2);
        }
        m_pages.space(8 * point);
    }

    /// A stretch of the ground that code stands on.
    void codeGround(qreal height)
    {
        // A little more, so that no seam shows between stretches.
        m_pages.painter().fillRect(
            QRectF(m_pages.left(), m_pages.y(), m_pages.width(), height + 0.2 * point),
            m_pages.theme().faint);
        m_pages.advance(height);
    }

    void write(const ReportReferences &references)
    {
        for (const ReportReference &entry : references.entries) {
            QString name = entry.name;
            if (!entry.used.empty())
                name += QStringLiteral(" · ") + entry.used.join(QStringLiteral(", "));
            m_pages.need(56 * point);
            m_pages.text(name, paperFont(Typeface::Bold, 9), m_pages.theme().text);
            m_pages.text(entry.text, paperFont(Typeface::Body, 9), m_pages.theme().text);
            if (!entry.paper.isEmpty())
                m_pages.text(entry.paper, paperFont(Typeface::Body, noteSize),
                             m_pages.theme().secondary);
            m_pages.space(5 * point);
        }
        m_pages.space(3 * point);
    }

    PdfPages &m_pages;
};

/// One pass over the whole; how many pages it took.
int written(const ReportContent &content, QPdfWriter &writer, int pages)
{
    PdfPages paper(writer, {content.title, ReportWords::tr("%1 of %2"), pages});
    PdfBlocks blocks(paper);
    blocks.title(content);
    for (const ReportSection &section : content.sections)
        blocks.add(section);
    return paper.pages();
}

} // namespace

QByteArray pdfOf(const ReportContent &content, const std::string &embedded)
{
    // A first pass counts the pages, so that each can say of how many it is one.
    int pages = 0;
    QByteArray file;
    for (int pass = 0; pass < 2; ++pass) {
        file.clear();
        QBuffer buffer(&file);
        buffer.open(QIODevice::WriteOnly);
        QPdfWriter writer(&buffer);
        writer.setTitle(content.title);
        writer.setCreator(QStringLiteral("Pare"));
        writer.addFileAttachment(QLatin1String(embeddedFileName),
                                 QByteArray::fromStdString(embedded),
                                 QStringLiteral("application/json"));
        pages = written(content, writer, pages);
    }
    return file;
}

} // namespace pare

#include "app/report/pdfpages.h"

#include "app/report/words.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QPdfWriter>

namespace pare {

namespace {

constexpr qreal margin = 48 * point;
constexpr qreal footRoom = 24 * point;
constexpr int unitsPerInch = static_cast<int>(72 * point);

} // namespace

QFont paperFont(Typeface face, qreal size)
{
    QFont font = face == Typeface::Mono ? QFontDatabase::systemFont(QFontDatabase::FixedFont)
                                        : QGuiApplication::font();
    font.setPixelSize(qRound(size * point));
    font.setHintingPreference(QFont::PreferNoHinting);
    if (face == Typeface::Bold)
        font.setWeight(QFont::DemiBold);
    return font;
}

TextBlock::TextBlock(const QString &text, const QFont &font, qreal width, Qt::Alignment alignment)
    : m_layout(
          std::make_unique<QTextLayout>(QString(text).replace('\n', QChar::LineSeparator), font))
{
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout->setTextOption(option);
    m_layout->beginLayout();
    for (QTextLine line = m_layout->createLine(); line.isValid(); line = m_layout->createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, m_height));
        m_height += line.height();
    }
    m_layout->endLayout();
}

qreal TextBlock::lineHeight(int line) const
{
    return m_layout->lineAt(line).height();
}

void TextBlock::draw(QPainter &painter, const QPointF &at) const
{
    m_layout->draw(&painter, at);
}

void TextBlock::drawLine(QPainter &painter, int line, const QPointF &at) const
{
    const QTextLine one = m_layout->lineAt(line);
    one.draw(&painter, at - QPointF(0, one.position().y()));
}

PdfPages::PdfPages(QPdfWriter &writer, PageFoot foot)
    : m_writer(writer)
    , m_foot(std::move(foot))
{
    writer.setResolution(unitsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF());
    m_painter = std::make_unique<QPainter>(&writer);
    m_painter->setRenderHint(QPainter::Antialiasing);
    m_y = margin;
    drawFoot();
}

PdfPages::~PdfPages() = default;

qreal PdfPages::left() const
{
    return margin;
}

qreal PdfPages::width() const
{
    return m_writer.width() - 2 * margin;
}

qreal PdfPages::pageHeight() const
{
    return m_writer.height() - 2 * margin - footRoom;
}

qreal PdfPages::room() const
{
    return margin + pageHeight() - m_y;
}

bool PdfPages::atTop() const
{
    return m_y <= margin;
}

void PdfPages::newPage()
{
    m_writer.newPage();
    m_y = margin;
    ++m_page;
    drawFoot();
}

void PdfPages::need(qreal height)
{
    if (height > room() && !atTop() && height <= pageHeight())
        newPage();
}

void PdfPages::space(qreal height)
{
    if (!atTop())
        m_y += height;
}

void PdfPages::text(const QString &text, const QFont &font, const QColor &colour, qreal indent)
{
    const TextBlock block(typeset(text), font, width() - indent);
    for (int line = 0; line < block.lines(); ++line) {
        // Neither the first nor the last line of several stands alone.
        const int together = block.lines() > 2 && (line == 0 || line == block.lines() - 2) ? 2 : 1;
        need(block.lineHeight(line) * together);
        painter().setPen(colour);
        block.drawLine(painter(), line, QPointF(left() + indent, m_y));
        m_y += block.lineHeight(line);
    }
}

void PdfPages::drawFoot()
{
    m_painter->save();
    const QFont font = paperFont(Typeface::Body, 7.5);
    const qreal top = m_writer.height() - margin;
    m_painter->setPen(m_theme.secondary);
    const QString number = m_foot.numbering.arg(m_page).arg(m_foot.pages);
    TextBlock(number, font, width(), Qt::AlignRight).draw(*m_painter, QPointF(left(), top));
    const qreal titleRoom = width() * 0.8;
    const QString title = QFontMetricsF(font).elidedText(m_foot.title, Qt::ElideRight, titleRoom);
    TextBlock(title, font, width()).draw(*m_painter, QPointF(left(), top));
    m_painter->restore();
}

} // namespace pare

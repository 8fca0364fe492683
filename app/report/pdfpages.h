// Paper: pages of a PDF that are filled from top to bottom.
//
// Lengths are in units of a tenth of a point. Needs a QGuiApplication; the application's thread.
#pragma once

#include "widgets/theme/theme.h"

#include <QFont>
#include <QPainter>
#include <QString>
#include <QTextLayout>
#include <functional>
#include <memory>

class QIODevice;
class QPdfWriter;

namespace pare {

inline constexpr qreal point = 10; ///< units in one

enum class Typeface { Body, Bold, Mono };

/// `size` in points.
QFont paperFont(Typeface face, qreal size);

/// Lines of text, broken at a width; drawn as a whole or line by line.
class TextBlock
{
public:
    TextBlock(const QString &text, const QFont &font, qreal width,
              Qt::Alignment alignment = Qt::AlignLeft);

    qreal height() const { return m_height; }
    int lines() const { return m_layout->lineCount(); }
    qreal lineHeight(int line) const;
    void draw(QPainter &painter, const QPointF &at) const;
    /// One line with its top at `at`.
    void drawLine(QPainter &painter, int line, const QPointF &at) const;

private:
    std::unique_ptr<QTextLayout> m_layout;
    qreal m_height = 0;
};

/// What stands at the foot of each page.
struct PageFoot
{
    QString title;
    QString numbering; ///< "%1 of %2"; page and number of pages
    int pages = 0;     ///< as counted by a first pass; 0: not known yet
};

class PdfPages
{
public:
    /// Begins the first page of an A4 document.
    PdfPages(QPdfWriter &writer, PageFoot foot);
    ~PdfPages();
    PdfPages(const PdfPages &) = delete;
    PdfPages &operator=(const PdfPages &) = delete;

    QPainter &painter() { return *m_painter; }
    const Theme &theme() const { return m_theme; }
    qreal left() const;
    qreal width() const;
    qreal pageHeight() const; ///< that can be filled
    qreal y() const { return m_y; }
    qreal room() const; ///< left on this page
    bool atTop() const;
    int pages() const { return m_page; }

    void newPage();
    /// A new page unless there is room for so much; what is taller than a page begins where it is.
    void need(qreal height);
    /// Moves down; not on an empty page, which begins at its top.
    void space(qreal height);
    /// Moves down by what was drawn.
    void advance(qreal height) { m_y += height; }

    /// Text over the full width, over as many pages as it takes.
    void text(const QString &text, const QFont &font, const QColor &colour, qreal indent = 0);

private:
    void drawFoot();

    QPdfWriter &m_writer;
    PageFoot m_foot;
    Theme m_theme = Theme::light();
    std::unique_ptr<QPainter> m_painter;
    qreal m_y = 0;
    int m_page = 1;
};

} // namespace pare

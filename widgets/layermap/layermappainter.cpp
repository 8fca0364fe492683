#include "widgets/layermap/layermappainter.h"

#include "widgets/theme/familymark.h"

#include <QPainter>
#include <QPainterPath>
#include <QVarLengthArray>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

constexpr double unknownStrength = 0.22; ///< of the colour that a known size would fill with

qreal cornerOf(const QRectF &rect)
{
    return std::min<qreal>(spacing::corner, std::min(rect.width(), rect.height()) / 4);
}

/// The left part of a rounded cell, `width` wide: round on its left, round on its right only at the
/// cell's end.
QPainterPath leftPart(const QRectF &rect, qreal width, qreal radius)
{
    QPainterPath path;
    if (width >= rect.width() - 0.5) {
        path.addRoundedRect(rect, radius, radius);
        return path;
    }
    const qreal r = std::min(radius, width);
    const QRectF part(rect.topLeft(), QSizeF(width, rect.height()));
    path.moveTo(part.topRight());
    path.arcTo(QRectF(part.topLeft(), QSizeF(2 * r, 2 * r)), 90, 90);
    path.arcTo(QRectF(part.left(), part.bottom() - 2 * r, 2 * r, 2 * r), 180, 90);
    path.lineTo(part.bottomRight());
    path.closeSubpath();
    return path;
}

/// "↑ 2": in which direction the owner stands, and its block or name.
QString ownerText(const LayerMapScene &scene, std::size_t index)
{
    const LayerMapCell &cell = scene.data.cells[index];
    const auto owner = scene.layout.owners[index];
    if (!owner)
        return QString::fromStdString(cell.state.sharedWith);
    const LayerMapCell &target = scene.data.cells[*owner];
    const QRectF &rect = scene.layout.cells[index];
    const QRectF &there = scene.layout.cells[*owner];
    const QChar arrow = there.top() < rect.top() - 1   ? QChar(0x2191)
                        : there.top() > rect.top() + 1 ? QChar(0x2193)
                        : there.left() < rect.left()   ? QChar(0x2190)
                                                       : QChar(0x2192);
    const bool byBlock = target.block >= 0 && target.stack == cell.stack;
    return QString(arrow) + QChar(' ') +
           (byBlock ? QString::number(target.block) : QString::fromStdString(target.name));
}

} // namespace

void paintCutAway(QPainter &painter, const QRectF &rect, qreal radius, const Theme &theme)
{
    constexpr qreal distance = 8;
    const QRectF edge = rect.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.faint);
    painter.drawRoundedRect(edge, radius, radius);
    if (rect.height() > 10) {
        // Rising lines, each cut to the cell by hand: clipping and textures are many times slower.
        QVarLengthArray<QLineF, 128> lines;
        for (qreal x = edge.left() - edge.height() + distance; x < edge.right(); x += distance) {
            const qreal begin = std::max(x, edge.left() + radius / 3);
            const qreal end = std::min(x + edge.height(), edge.right() - radius / 3);
            if (begin < end)
                lines.append(
                    QLineF(begin, edge.bottom() - (begin - x), end, edge.bottom() - (end - x)));
        }
        painter.setPen(QPen(mixed(theme.faint, theme.line, 0.85), 1));
        painter.drawLines(lines.constData(), static_cast<int>(lines.size()));
    }
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(edge, radius, radius);
}

void paintUnknown(QPainter &painter, const QRectF &rect, qreal radius, const QColor &colour,
                  const Theme &theme)
{
    painter.setPen(QPen(colour, 1.5, Qt::DotLine));
    painter.setBrush(mixed(theme.panel, colour, unknownStrength));
    painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius);
}

LayerMapPainter::LayerMapPainter(const LayerMapScene &scene, QPainter &painter)
    : m_scene(scene)
    , m_painter(painter)
    , m_small(smallerFont(scene.font))
    , m_badge(heavierFont(m_small))
    , m_smallMetrics(m_small)
    , m_badgeMetrics(m_badge)
{}

bool LayerMapPainter::isSelected(std::size_t index) const
{
    return index < m_scene.selected.size() && m_scene.selected[index];
}

void LayerMapPainter::paint()
{
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setLayoutDirection(Qt::LeftToRight); // as data flows, whatever way text runs
    const auto [first, last] =
        m_scene.layout.rowsWithin(m_scene.visible.top(), m_scene.visible.bottom());
    for (std::size_t row = first; row < last; ++row)
        paintRow(m_scene.layout.rows[row]);
    for (std::size_t row = first; row < last; ++row) {
        for (const std::size_t cell : m_scene.layout.rows[row].cells)
            paintOutline(cell);
    }
    paintLinks();
    paintHeads();
}

void LayerMapPainter::paintRow(const LayerMapRow &row)
{
    m_blocks = row.lastBlock - row.block + 1;
    for (const std::size_t cell : row.cells)
        paintCell(cell);

    const Theme &theme = m_scene.theme;
    if (row.label.height() < m_smallMetrics.height() * 0.9)
        return;
    if (!row.title.isEmpty()) {
        const bool isBlock = row.block >= 0;
        m_painter.setFont(isBlock ? heavierFont(m_scene.font) : m_small);
        m_painter.setPen(isBlock ? theme.text : theme.secondary);
        m_painter.drawText(row.label, Qt::AlignVCenter | Qt::AlignLeft, row.title);
    }

    paintFold(row);

    // How much of the row is left, as a bar that shrinks with it.
    const QRectF bar(row.bytes.left(), row.bytes.top(), 3, row.bytes.height());
    m_painter.fillRect(bar, theme.line);
    if (row.bytesBefore > 0 && row.bytesNow) {
        const double left = std::clamp(
            static_cast<double>(*row.bytesNow) / static_cast<double>(row.bytesBefore), 0.0, 1.0);
        m_painter.fillRect(bar.adjusted(0, bar.height() * (1 - left), 0, 0), theme.secondary);
    }
    m_painter.setFont(m_small);
    m_painter.setPen(theme.secondary);
    m_painter.drawText(row.bytes, Qt::AlignVCenter | Qt::AlignRight, shortBytesText(row.bytesNow));
}

/// A triangle: to the right where blocks are folded away, down where they are in sight.
void LayerMapPainter::paintFold(const LayerMapRow &row)
{
    if (row.fold.isEmpty())
        return;
    const QPointF centre = row.fold.center();
    const qreal half = row.fold.width() / 4;
    QPolygonF triangle{{-half, -half * 0.6}, {half, -half * 0.6}, {0, half * 0.8}};
    if (row.isFolded())
        triangle = QPolygonF{{-half * 0.6, -half}, {half * 0.8, 0}, {-half * 0.6, half}};
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_scene.theme.secondary);
    m_painter.drawPolygon(triangle.translated(centre));
}

/// Of a layer outside the stacks that is too narrow to bear its name.
void LayerMapPainter::paintNameBeside(std::size_t index)
{
    const QRectF &room = m_scene.layout.names[index];
    if (room.isEmpty() || room.height() < m_smallMetrics.height())
        return;
    const LayerMapCell &cell = m_scene.data.cells[index];
    const QString name = QString::fromStdString(cell.name);
    const QString last = QString::fromStdString(cell.name.substr(cell.name.rfind('.') + 1));
    QString shown = m_smallMetrics.elidedText(last, Qt::ElideRight, room.width());
    for (const QString &text : {name, name + QStringLiteral("  ") + layerShapeText(cell.shape)}) {
        if (m_smallMetrics.horizontalAdvance(text) <= room.width())
            shown = text;
    }
    m_painter.setFont(m_small);
    m_painter.setPen(m_scene.theme.secondary);
    m_painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, shown);
}

void LayerMapPainter::paintCell(std::size_t index)
{
    const QRectF &rect = m_scene.layout.cells[index];
    if (!rect.intersects(m_scene.visible))
        return;
    const LayerMapCell &cell = m_scene.data.cells[index];
    if (cell.isShared())
        paintShared(index, rect);
    else
        paintFill(index, rect);
    paintNameBeside(index);
}

void LayerMapPainter::paintShared(std::size_t index, const QRectF &rect)
{
    const Theme &theme = m_scene.theme;
    const qreal radius = cornerOf(rect);
    QPen pen(theme.family(Family::Sharing), 1.5);
    pen.setDashPattern({2.5, 2});
    m_painter.setPen(pen);
    m_painter.setBrush(theme.faint);
    m_painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius);

    if (rect.height() < m_badgeMetrics.height())
        return;
    QRectF inner = rect.adjusted(cellPadding, 0, -cellPadding, 0);
    const QString text = ownerText(m_scene, index);
    QString shown = m_badgeMetrics.elidedText(text, Qt::ElideRight, inner.width());
    if (shown.size() < 3 && shown != text) { // at least where the owner stands
        shown = text.first(1);
        inner = rect;
        if (m_badgeMetrics.horizontalAdvance(shown) > inner.width())
            return;
    }
    m_painter.setFont(m_badge);
    m_painter.setPen(theme.text);
    m_painter.drawText(inner, Qt::AlignVCenter | (inner == rect ? Qt::AlignHCenter : Qt::AlignLeft),
                       shown);
}

void LayerMapPainter::paintFill(std::size_t index, const QRectF &rect)
{
    const LayerMapCell &cell = m_scene.data.cells[index];
    const Theme &theme = m_scene.theme;
    const double before = static_cast<double>(std::max<std::int64_t>(cell.bytesBefore, 1));
    const qreal radius = cornerOf(rect);
    const QColor fill = m_scene.colouring.fill(cell);
    if (!cell.state.bytes) {
        paintUnknown(m_painter, rect, radius, fill, theme);
        paintMark(index, rect, mixed(theme.panel, fill, unknownStrength));
        return;
    }
    const double left = std::clamp(static_cast<double>(*cell.state.bytes) / before, 0.0, 1.0);
    const qreal width = *cell.state.bytes > 0 ? std::max<qreal>(2, rect.width() * left) : 0;

    if (width < rect.width() - 0.5)
        paintCutAway(m_painter, rect, radius, theme);
    m_painter.fillPath(leftPart(rect, width, radius), fill);
    constexpr int darkest = 80; // of what is seen on a dark ground without an edge
    if (theme.mode == ThemeMode::Dark && qGray(fill.rgb()) < darkest)
        m_painter.strokePath(leftPart(rect.adjusted(0.5, 0.5, -0.5, -0.5), width - 1, radius),
                             QPen(mixed(fill, theme.text, 0.35), 1));

    // Colour names the last family; stripes below it name those that it came on top of.
    const auto &families = cell.state.families;
    if (m_scene.colouring.colour() == LayerColour::Technique && families.size() > 1 &&
        rect.height() > 14) {
        const std::size_t others = families.size() - 1;
        const qreal share = width / static_cast<qreal>(others);
        m_painter.save();
        m_painter.setClipPath(leftPart(rect, width, radius));
        for (std::size_t i = 0; i < others; ++i) {
            m_painter.fillRect(
                QRectF(rect.left() + share * static_cast<qreal>(i), rect.bottom() - 5, share, 5),
                theme.family(families[i]));
        }
        m_painter.restore();
    }
    paintMark(index, QRectF(rect.topLeft(), QSizeF(width, rect.height())), fill);
}

void LayerMapPainter::paintMark(std::size_t index, const QRectF &filled, const QColor &fill)
{
    const QRectF &rect = m_scene.layout.cells[index];
    const LayerMapCell &cell = m_scene.data.cells[index];
    const CellMark mark = cellMark(
        cell, {rect, filled, !m_scene.layout.names[index].isEmpty(), m_blocks}, m_badgeMetrics);
    switch (mark.kind) {
    case CellMark::Kind::Nothing:
        return;
    case CellMark::Kind::Text: {
        const bool bold = cell.block < 0 || !cell.state.badges.isEmpty();
        m_painter.setFont(bold && mark.intoFill ? m_badge : m_small);
        m_painter.setPen(mark.intoFill ? readableOn(fill) : m_scene.theme.text);
        m_painter.drawText(mark.place, Qt::AlignVCenter | Qt::AlignLeft, mark.text);
        return;
    }
    case CellMark::Kind::Symbols:
        paintSymbols(cell, mark, fill);
        return;
    case CellMark::Kind::Corner: {
        const qreal side = std::min<qreal>({6, rect.width(), rect.height()});
        const bool onFill = filled.right() >= rect.right() - side;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(onFill ? readableOn(fill) : m_scene.theme.text);
        const QPointF corner = rect.topRight();
        m_painter.drawPolygon(
            QPolygonF({corner - QPointF(side, 0), corner, corner + QPointF(0, side)}));
        return;
    }
    }
}

/// On the fill their shape alone tells them; beside it their colour as well.
void LayerMapPainter::paintSymbols(const LayerMapCell &cell, const CellMark &mark,
                                   const QColor &fill)
{
    const auto &families = cell.state.families;
    QPointF centre(mark.place.left() + symbolSize / 2, mark.place.center().y());
    for (std::size_t i = families.size() - static_cast<std::size_t>(mark.symbols);
         i < families.size(); ++i) {
        m_painter.fillPath(familyPath(families[i], centre, symbolSize),
                           mark.intoFill ? readableOn(fill) : m_scene.theme.family(families[i]));
        centre.rx() += symbolStep;
    }
}

void LayerMapPainter::paintOutline(std::size_t index)
{
    const QRectF &rect = m_scene.layout.cells[index];
    const Theme &theme = m_scene.theme;
    const qreal radius = cornerOf(rect) + 1;
    m_painter.setBrush(Qt::NoBrush);
    if (isSelected(index)) {
        m_painter.setPen(QPen(theme.accent, 2.5));
        m_painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), radius + 1, radius + 1);
    }
    if (m_scene.current == index) {
        const qreal out = isSelected(index) ? 4 : 1.5;
        m_painter.setPen(QPen(theme.text, 1, isSelected(index) ? Qt::SolidLine : Qt::DashLine));
        m_painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), radius + out / 2,
                                  radius + out / 2);
    } else if (m_scene.hovered == index && !isSelected(index)) {
        m_painter.setPen(QPen(theme.secondary, 1.5));
        m_painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), radius, radius);
    }
}

void LayerMapPainter::paintLinks()
{
    const auto pointedAt = [this](std::size_t index) {
        return m_scene.hovered == index || isSelected(index);
    };
    for (std::size_t i = 0; i < m_scene.data.cells.size(); ++i) {
        const auto owner = m_scene.layout.owners[i];
        if (!owner || !(pointedAt(i) || pointedAt(*owner)))
            continue;
        const QRectF &from = m_scene.layout.cells[i];
        const QRectF &to = m_scene.layout.cells[*owner];
        if (std::min(from.top(), to.top()) < m_scene.visible.bottom() &&
            std::max(from.bottom(), to.bottom()) > m_scene.visible.top())
            paintLink(from, to);
    }
}

void LayerMapPainter::paintLink(const QRectF &from, const QRectF &to)
{
    // An arc on the left, so that links of one column nest and cross no text.
    const QPointF start(from.left() + 1, from.center().y());
    const QPointF end(to.left() - 2, to.center().y());
    const qreal bend = 12 + std::min<qreal>(28, std::abs(start.y() - end.y()) * 0.06);
    const qreal x = std::min(start.x(), end.x()) - bend;
    QPainterPath path(start);
    path.cubicTo(QPointF(x, start.y()), QPointF(x, end.y()), end);
    QPainterPath head(end + QPointF(-6, -4));
    head.lineTo(end);
    head.lineTo(end + QPointF(-6, 4));

    m_painter.setBrush(Qt::NoBrush);
    for (const auto &[colour, width] : {std::pair(m_scene.theme.background, 4.5),
                                        std::pair(m_scene.theme.family(Family::Sharing), 1.75)}) {
        m_painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.drawPath(path);
        m_painter.drawPath(head);
    }
}

void LayerMapPainter::paintHeads()
{
    const LayerMapLayout &layout = m_scene.layout;
    if (layout.heads.empty())
        return;
    const Theme &theme = m_scene.theme;
    const qreal shift = layout.headShift(m_scene.visible.top());
    if (shift > 0) {
        QRectF band = layout.headBand.translated(0, shift);
        band.setLeft(m_scene.visible.left());
        band.setRight(m_scene.visible.right());
        m_painter.fillRect(band, theme.background);
        m_painter.fillRect(QRectF(band.left(), band.bottom() - 1, band.width(), 1), theme.line);
    }
    for (const LayerMapHead &head : layout.heads) {
        const bool isColumn = head.kind == LayerMapHead::Kind::Column;
        m_painter.setFont(m_small);
        m_painter.setPen(isColumn ? theme.secondary : theme.text);
        const QRectF room = head.rect.adjusted(-3, 0, 3, 0).translated(0, shift);
        const QString shown = m_smallMetrics.elidedText(head.title, Qt::ElideRight, room.width());
        if (shown == head.title || shown.size() > 2)
            m_painter.drawText(room, Qt::AlignCenter, shown);
    }
}

} // namespace pare

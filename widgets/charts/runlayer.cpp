#include "widgets/charts/runlayer.h"

#include "widgets/theme/familymark.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <algorithm>
#include <cmath>
#include <utility>

namespace pare {

namespace {

/// Gives free functions the context of the view they work for.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::TradeoffChart)
};

bool isPlaced(const TradeoffPoint &point)
{
    return std::isfinite(point.x) && std::isfinite(point.y);
}

/// The first place beside `mark` where a text of that size stands free, nearest first, or nothing.
std::optional<QRectF> freePlace(const QSizeF &size, const QPointF &mark, qreal nearest,
                                const QRectF &within, const std::vector<QRectF> &taken)
{
    const qreal w = size.width();
    const qreal h = size.height();
    for (const qreal away : {nearest, nearest * 2.5, nearest * 4.5}) {
        const QPointF places[] = {
            {away, -h - away * 0.3}, {-w - away, -h - away * 0.3}, {away, away * 0.3},
            {-w - away, away * 0.3}, {-w / 2, -h - away},          {-w / 2, away},
            {away, -h / 2},          {-w - away, -h / 2},          {-w * 0.8, -h - away},
            {-w * 0.2, -h - away},
        };
        for (const QPointF &place : places) {
            const QRectF rect(mark + place, size);
            const auto meets = [&rect](const QRectF &other) { return other.intersects(rect); };
            if (within.contains(rect) && std::ranges::none_of(taken, meets))
                return rect;
        }
    }
    return std::nullopt;
}

/// From the mark to the edge of a label that stands away from it.
QLineF leader(const QPointF &mark, const QRectF &label)
{
    const QPointF end(std::clamp(mark.x(), label.left(), label.right()),
                      std::clamp(mark.y(), label.top(), label.bottom()));
    return {mark, end};
}

} // namespace

RunLayer::RunLayer(QCustomPlot *plot)
    : QCPLayerable(plot, QStringLiteral("main"))
    , m_theme(Theme::light())
{}

void RunLayer::setContent(TradeoffData data, const Theme &theme, const QFont &font)
{
    const auto keep = [this, &data](std::size_t old) -> std::optional<std::size_t> {
        const auto found =
            std::ranges::find(data.points, m_data.points[old].id, &TradeoffPoint::id);
        if (found == data.points.end())
            return std::nullopt;
        return static_cast<std::size_t>(found - data.points.begin());
    };
    for (const std::size_t old : std::exchange(m_selected, {})) {
        if (const auto point = keep(old))
            m_selected.push_back(*point);
    }
    m_hovered = m_hovered ? keep(*m_hovered) : std::nullopt;
    m_data = std::move(data);
    m_front = paretoFront(m_data);
    m_theme = theme;
    m_font = font;
}

QRect RunLayer::clipRect() const
{
    // Marks at the ends of an axis are not cut in half.
    return mParentPlot->axisRect()->rect().adjusted(-10, -10, 10, 10);
}

qreal RunLayer::markSize() const
{
    return std::max<qreal>(8, QFontMetricsF(m_font).height() * 0.62);
}

QPointF RunLayer::pixel(double x, double y) const
{
    return {mParentPlot->xAxis->coordToPixel(x * m_data.x.factor),
            mParentPlot->yAxis->coordToPixel(y * m_data.y.factor)};
}

std::optional<std::size_t> RunLayer::pointAt(const QPointF &position) const
{
    std::optional<std::size_t> nearest;
    double reach = std::max<double>(10, markSize());
    for (std::size_t i = 0; i < m_data.points.size(); ++i) {
        if (!isPlaced(m_data.points[i]))
            continue;
        const QPointF away = pixel(m_data.points[i].x, m_data.points[i].y) - position;
        const double distance = std::hypot(away.x(), away.y());
        if (distance <= reach) {
            reach = distance;
            nearest = i;
        }
    }
    return nearest;
}

bool RunLayer::isSelected(std::size_t point) const
{
    return std::ranges::find(m_selected, point) != m_selected.end();
}

std::vector<std::size_t> RunLayer::pointsIn(const QRectF &part) const
{
    std::vector<std::size_t> points;
    for (std::size_t i = 0; i < m_data.points.size(); ++i) {
        if (isPlaced(m_data.points[i]) &&
            part.contains(pixel(m_data.points[i].x, m_data.points[i].y)))
            points.push_back(i);
    }
    return points;
}

QColor RunLayer::colourOf(const TradeoffPoint &point) const
{
    if (point.colour.isValid())
        return point.colour;
    return point.original || point.families.empty() ? m_theme.text
                                                    : m_theme.family(point.families.back());
}

void RunLayer::draw(QCPPainter *painter)
{
    if (std::ranges::none_of(m_data.points, isPlaced) && !m_data.current) {
        drawNothing(painter);
        return;
    }
    drawFront(painter);
    for (std::size_t i = 0; i < m_data.points.size(); ++i) {
        if (isPlaced(m_data.points[i]) && !isSelected(i))
            drawPoint(painter, i);
    }
    for (const std::size_t i : m_selected) {
        if (isPlaced(m_data.points[i]))
            drawPoint(painter, i);
    }
    if (m_data.current)
        drawCurrent(painter);
    drawLabels(painter);
}

void RunLayer::drawFront(QCPPainter *painter) const
{
    QPolygonF line;
    for (const std::size_t i : m_front)
        line.append(pixel(m_data.points[i].x, m_data.points[i].y));
    painter->setPen(QPen(m_theme.secondary, 1.25 * m_lineScale));
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(line);
}

void RunLayer::drawErrorBar(QCPPainter *painter, const TradeoffPoint &point) const
{
    if (!std::isfinite(point.low) || !std::isfinite(point.high))
        return;
    const QColor colour = colourOf(point);
    painter->setPen(QPen(mixed(m_theme.panel, colour, 0.8), 1.25 * m_lineScale));
    painter->drawLine(QLineF(pixel(point.x, point.low), pixel(point.x, point.high)));
}

void RunLayer::drawPoint(QCPPainter *painter, std::size_t index) const
{
    const TradeoffPoint &point = m_data.points[index];
    const QPointF at = pixel(point.x, point.y);
    const qreal size = markSize();
    painter->setBrush(Qt::NoBrush);
    if (const bool selected = isSelected(index); selected || index == m_hovered) {
        painter->setPen(QPen(selected ? m_theme.accent : m_theme.secondary, selected ? 2 : 1.25));
        painter->drawEllipse(at, size * 0.95, size * 0.95);
    }
    // A thin edge in the ground's colour keeps overlapping marks apart.
    const Family shape =
        point.original || point.families.empty() ? Family::LowRank : point.families.back();
    const QPainterPath path = familyPath(shape, at, size);
    painter->setPen(QPen(m_theme.panel, 2.5, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter->drawPath(path);
    drawErrorBar(painter, point);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colourOf(point));
    painter->drawPath(path);
    if (!point.original && point.families.size() > 1) {
        // A second family shows as a core in its own shape and colour.
        const Family second = point.families[point.families.size() - 2];
        const QPainterPath core = familyPath(second, at, size * 0.42);
        painter->setPen(QPen(m_theme.panel, 1.5));
        painter->drawPath(core);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.family(second));
        painter->drawPath(core);
    }
}

void RunLayer::drawCurrent(QCPPainter *painter) const
{
    const TradeoffCurrent &current = *m_data.current;
    if (!std::isfinite(current.x) || !std::isfinite(current.y))
        return;
    const bool predicted = current.certainty == Certainty::Predicted;
    const QPointF at = pixel(current.x, current.y);
    const qreal radius = markSize() * 0.72;
    QPen bar(m_theme.accent, 1.5, Qt::SolidLine, Qt::FlatCap);
    if (predicted)
        bar.setDashPattern({2.4, 1.6});
    painter->setPen(bar);
    if (std::isfinite(current.low) && std::isfinite(current.high))
        painter->drawLine(QLineF(pixel(current.x, current.low), pixel(current.x, current.high)));
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.panel);
    painter->drawEllipse(at, radius, radius);
    QPen ring(m_theme.accent, 2.25, Qt::SolidLine, Qt::FlatCap);
    if (predicted)
        ring.setDashPattern({1.7, 0.9});
    painter->setPen(ring);
    painter->setBrush(Qt::NoBrush);
    painter->drawEllipse(at, radius, radius);
}

std::vector<RunLayer::Label> RunLayer::labels() const
{
    // In order of importance: the later ones yield.
    std::vector<Label> labels;
    const auto add = [&](std::size_t index, const QString &text, const QColor &colour) {
        labels.push_back({text, pixel(m_data.points[index].x, m_data.points[index].y), colour});
    };
    std::vector<std::size_t> named = m_selected;
    for (std::size_t i = 0; i < m_data.points.size(); ++i) {
        if (m_data.points[i].pinned && !isSelected(i))
            named.push_back(i);
    }
    for (const std::size_t i : named) {
        if (!m_data.points[i].original && isPlaced(m_data.points[i]))
            add(i, m_data.points[i].title, m_theme.text);
    }
    if (m_data.current) {
        const bool predicted = m_data.current->certainty == Certainty::Predicted;
        labels.push_back({predicted ? Words::tr("predicted") : Words::tr("now"),
                          pixel(m_data.current->x, m_data.current->y), m_theme.accent});
    }
    for (std::size_t i = 0; i < m_data.points.size(); ++i) {
        if (m_data.points[i].original && isPlaced(m_data.points[i]))
            add(i, Words::tr("original"), m_theme.secondary);
    }
    if (m_labels == FrontLabels::Shown) {
        for (const std::size_t i : m_front) {
            if (!m_data.points[i].original && std::ranges::find(named, i) == named.end())
                add(i, m_data.points[i].title, m_theme.secondary);
        }
    }
    return labels;
}

std::vector<QRectF> RunLayer::obstacles() const
{
    std::vector<QRectF> taken;
    const qreal half = markSize() * 0.6;
    const auto mark = [&](double x, double y, double low, double high) {
        const QPointF at = pixel(x, y);
        taken.push_back(QRectF(at - QPointF(half, half), QSizeF(2 * half, 2 * half)));
        if (std::isfinite(low) && std::isfinite(high))
            taken.push_back(
                QRectF(pixel(x, high), pixel(x, low)).normalized().adjusted(-1, 0, 1, 0));
    };
    for (const TradeoffPoint &point : m_data.points) {
        if (isPlaced(point))
            mark(point.x, point.y, point.low, point.high);
    }
    if (m_data.current)
        mark(m_data.current->x, m_data.current->y, m_data.current->low, m_data.current->high);
    // The front, as a chain of small boxes.
    for (std::size_t i = 1; i < m_front.size(); ++i) {
        const TradeoffPoint &from = m_data.points[m_front[i - 1]];
        const TradeoffPoint &to = m_data.points[m_front[i]];
        const QLineF line(pixel(from.x, from.y), pixel(to.x, to.y));
        const int pieces = std::clamp(static_cast<int>(line.length() / 6), 1, 400);
        for (int piece = 0; piece <= pieces; ++piece)
            taken.push_back(QRectF(line.pointAt(static_cast<qreal>(piece) / pieces) - QPointF(1, 1),
                                   QSizeF(2, 2)));
    }
    return taken;
}

void RunLayer::drawLabels(QCPPainter *painter) const
{
    const QFont font = smallerFont(m_font);
    const QFontMetricsF metrics(font);
    const QRectF within = QRectF(mParentPlot->axisRect()->rect()).adjusted(0, 0, 8, 0);
    std::vector<QRectF> taken = obstacles();
    painter->setFont(font);
    for (const Label &label : labels()) {
        const QString text =
            metrics.elidedText(label.text, Qt::ElideRight, metrics.averageCharWidth() * 36);
        const QSizeF size(metrics.horizontalAdvance(text) + 2, metrics.height());
        const auto place = freePlace(size, label.at, markSize() * 0.95, within, taken);
        if (!place)
            continue;
        QLineF line = leader(label.at, *place);
        if (line.length() > markSize() * 1.6) {
            const QPointF unit = (line.p2() - line.p1()) / line.length();
            painter->setPen(QPen(mixed(m_theme.panel, m_theme.secondary, 0.6), m_lineScale));
            painter->drawLine(QLineF(line.p1() + unit * markSize() * 0.9, line.p2() - unit * 2));
        }
        painter->setPen(label.colour);
        painter->drawText(*place, Qt::AlignCenter, text);
        taken.push_back(place->adjusted(-6, 0, 6, 0));
    }
}

void RunLayer::drawNothing(QCPPainter *painter) const
{
    painter->setFont(m_font);
    painter->setPen(m_theme.secondary);
    painter->drawText(QRectF(mParentPlot->axisRect()->rect()), Qt::AlignCenter | Qt::TextWordWrap,
                      Words::tr("Nothing measured yet. Every run becomes a point here."));
}

} // namespace pare

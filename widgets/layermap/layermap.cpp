#include "widgets/layermap/layermap.h"

#include "widgets/layermap/layermapaccessible.h"
#include "widgets/layermap/layermaplegend.h"
#include "widgets/layermap/layermappainter.h"
#include "widgets/theme/tooltips.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QRubberBand>
#include <QScrollBar>
#include <QSet>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

constexpr qreal smallestZoom = 0.2;
constexpr qreal largestZoom = 8;

QString cellName(const LayerMapCell &cell)
{
    return QString::fromStdString(cell.name);
}

QString foldedText(const LayerMapRow &row)
{
    return LayerMap::tr("Blocks %1 to %2: same shape and settings. A click on the triangle, or F, "
                        "shows them one by one.")
        .arg(row.block)
        .arg(row.lastBlock);
}

} // namespace

LayerMap::LayerMap(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_legend(new LayerMapLegend(this))
{
    installLayerMapAccessibility();
    setAccessibleName(tr("Layer map"));
    setAccessibleDescription(tr("Every layer of the model. Arrows move, Enter opens a layer, Space "
                                "switches a step on it."));
    setFrameShape(QFrame::NoFrame);
    setLayoutDirection(Qt::LeftToRight); // as data flows, whatever way text runs
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setViewportMargins(0, 0, 0, m_legend->sizeHint().height());
    refreshColours();
}

LayerMap::~LayerMap() = default;

void LayerMap::setData(LayerMapData data)
{
    const QStringList names = selection();
    const std::string current = m_current ? m_data.cells[*m_current].name : std::string();
    const auto originally = [](const LayerMapCell &cell) {
        return std::pair<std::string_view, std::int64_t>(cell.name, cell.bytesBefore);
    };
    if (!std::ranges::equal(data.cells, m_data.cells, {}, originally, originally)) {
        m_ranges.clear();
        m_unfolded.clear();
    }
    m_data = std::move(data);
    m_hovered.reset();
    m_anchor.reset();
    m_current = current.empty() ? std::nullopt : m_data.find(current);
    setSelection(names);
    refreshColours();
    relayout();
    QAccessibleEvent event(this, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void LayerMap::setColour(LayerColour colour)
{
    m_colour = colour;
    refreshColours();
    relayout(); // blocks of different values are no longer alike, or are again
}

void LayerMap::setFolding(Folding folding)
{
    m_folding = folding;
    m_unfolded.clear();
    relayout();
}

bool LayerMap::isFolded() const
{
    return std::ranges::any_of(placed().rows, &LayerMapRow::isFolded);
}

void LayerMap::toggleFold(std::size_t row)
{
    const LayerMapRow &toggled = placed().rows[row];
    const BlockPlace place(toggled.stack, toggled.block);
    if (toggled.isFolded())
        m_unfolded.insert(place);
    else
        m_unfolded.erase(place);
    relayout();
}

/// Where it is folded away.
void LayerMap::unfold(std::size_t cell)
{
    if (placed().fronts[cell] != cell)
        toggleFold(placed().rowOf(cell));
}

void LayerMap::setWidths(LayerWidths widths)
{
    m_widths = widths;
    refreshColours();
    relayout();
}

QStringList LayerMap::selection() const
{
    QStringList names;
    for (std::size_t i = 0; i < m_selected.size(); ++i) {
        if (m_selected[i])
            names.append(cellName(m_data.cells[i]));
    }
    return names;
}

void LayerMap::setSelection(const QStringList &names)
{
    const QSet<QString> wanted(names.begin(), names.end());
    m_selected.assign(m_data.cells.size(), false);
    for (std::size_t i = 0; !wanted.isEmpty() && i < m_data.cells.size(); ++i)
        m_selected[i] = wanted.contains(cellName(m_data.cells[i]));
    viewport()->update();
}

void LayerMap::emitSelection(const std::vector<bool> &before)
{
    if (m_selected == before)
        return;
    viewport()->update();
    QAccessibleEvent event(this, QAccessible::SelectionWithin);
    QAccessible::updateAccessibility(&event);
    Q_EMIT selectionChanged(selection());
}

void LayerMap::setLegendEnd(QWidget *widget)
{
    m_legend->setEnd(widget);
}

QSize LayerMap::sizeHint() const
{
    return {760, 480};
}

QSize LayerMap::minimumSizeHint() const
{
    return {240, 160};
}

// ---- layout
// -------------------------------------------------------------------------------------------

const LayerMapLayout &LayerMap::placed() const
{
    if (m_layoutStale) {
        const LayerMapMetrics metrics = LayerMapMetrics::of(QFontMetricsF(font(), this));
        // Narrower than this, cells would be too small to be told apart: rather scroll.
        const qreal enough = metrics.line * 28;
        m_layout = layerMapLayout(m_data, metrics,
                                  {m_widths, std::max<qreal>(viewport()->width(), enough), m_zoom,
                                   static_cast<qreal>(maximumViewportSize().height()), m_folding,
                                   m_colour == LayerColour::Value, m_unfolded});
        m_layoutStale = false;
    }
    return m_layout;
}

void LayerMap::relayout()
{
    m_layoutStale = true;
    if (m_current) // what has the keyboard is in sight
        m_current = placed().fronts[*m_current];
    updateScrollBars();
    viewport()->update();
}

void LayerMap::refreshColours()
{
    const std::string key = m_colour == LayerColour::Value ? m_data.shown.key : std::string();
    const auto seen = m_ranges.find(key);
    m_colouring = std::make_unique<LayerMapColouring>(
        m_data, m_colour, Theme::of(palette()),
        seen == m_ranges.end() ? std::nullopt : std::optional(seen->second));
    if (m_colour != LayerColour::Technique && m_colouring->range())
        m_ranges[key] = *m_colouring->range();
    m_legend->setContent(*m_colouring, m_widths);
    viewport()->update();
}

void LayerMap::updateScrollBars()
{
    const QSizeF size = placed().size;
    const QSize view = viewport()->size();
    horizontalScrollBar()->setRange(
        0, std::max(0, static_cast<int>(std::ceil(size.width())) - view.width()));
    verticalScrollBar()->setRange(
        0, std::max(0, static_cast<int>(std::ceil(size.height())) - view.height()));
    horizontalScrollBar()->setPageStep(view.width());
    verticalScrollBar()->setPageStep(view.height());
    const int step = fontMetrics().height() * 2;
    horizontalScrollBar()->setSingleStep(step);
    verticalScrollBar()->setSingleStep(step);
}

QPointF LayerMap::origin() const
{
    return {-static_cast<qreal>(horizontalScrollBar()->value()),
            -static_cast<qreal>(verticalScrollBar()->value())};
}

QRectF LayerMap::cellRect(std::size_t cell) const
{
    return cell < placed().cells.size() ? placed().cells[cell].translated(origin()) : QRectF();
}

void LayerMap::ensureVisible(std::size_t cell)
{
    if (cell >= placed().cells.size())
        return;
    const QRectF rect = cellRect(cell).adjusted(-spacing::inside, -spacing::inside, spacing::inside,
                                                spacing::inside);
    // Headings that stay in sight cover the top of the rows below them.
    const qreal covered =
        placed().cells[cell].top() > placed().headBand.top() ? placed().headBand.height() : 0;
    const QRectF view = QRectF(viewport()->rect()).adjusted(0, covered, 0, 0);
    const auto scroll = [](QScrollBar *bar, qreal before, qreal after) {
        if (before < 0)
            bar->setValue(bar->value() + static_cast<int>(std::floor(before)));
        else if (after > 0)
            bar->setValue(bar->value() + static_cast<int>(std::ceil(after)));
    };
    scroll(horizontalScrollBar(), rect.left() - view.left(), rect.right() - view.right());
    scroll(verticalScrollBar(), rect.top() - view.top(), rect.bottom() - view.bottom());
}

void LayerMap::setZoom(qreal zoom)
{
    zoomAt(QRectF(viewport()->rect()).center(), zoom / m_zoom);
}

void LayerMap::zoomAt(const QPointF &position, qreal factor)
{
    const qreal zoom = std::clamp(m_zoom * factor, smallestZoom, largestZoom);
    if (qFuzzyCompare(zoom, m_zoom))
        return;
    const QPointF there = toContent(position);
    const QSizeF before = placed().size;
    m_zoom = zoom;
    relayout();
    const QSizeF after = placed().size;
    const auto follow = [](QScrollBar *bar, qreal content, qreal view, qreal ratio) {
        bar->setValue(static_cast<int>(std::round(content * ratio - view)));
    };
    follow(horizontalScrollBar(), there.x(), position.x(),
           after.width() / std::max<qreal>(1, before.width()));
    follow(verticalScrollBar(), there.y(), position.y(),
           after.height() / std::max<qreal>(1, before.height()));
}

// ---- events of the widget
// -----------------------------------------------------------------------------

void LayerMap::resizeEvent(QResizeEvent *)
{
    const QRect view = viewport()->geometry();
    m_legend->setGeometry(view.left(), view.bottom() + 1, view.width(),
                          m_legend->sizeHint().height());
    relayout();
}

void LayerMap::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
        refreshColours();
        break;
    case QEvent::FontChange:
        setViewportMargins(0, 0, 0, m_legend->sizeHint().height());
        relayout();
        break;
    default:
        break;
    }
}

void LayerMap::paintEvent(QPaintEvent *event)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme.background);
    painter.translate(origin());
    const QRectF visible = QRectF(viewport()->rect()).translated(-origin());
    std::vector<bool> selected = m_selected;
    for (std::size_t cell = 0; cell < selected.size(); ++cell) {
        if (m_selected[cell])
            selected[placed().fronts[cell]] = true; // as much of it as is in sight
    }
    const LayerMapScene scene{m_data,   placed(),  *m_colouring,
                              theme,    font(),    visible,
                              selected, m_hovered, hasFocus() ? m_current : std::nullopt};
    LayerMapPainter(scene, painter).paint();
}

bool LayerMap::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered(std::nullopt);
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto cell = placed().cellAt(toContent(help->pos()));
        const auto head = placed().headAt(toContent(help->pos()), -origin().y());
        const auto row = placed().rowLabelAt(toContent(help->pos()));
        if (head)
            QToolTip::showText(help->globalPos(), inLines(placed().heads[*head].title), viewport());
        else if (row && placed().rows[*row].isFolded())
            QToolTip::showText(help->globalPos(), inLines(foldedText(placed().rows[*row])),
                               viewport());
        else if (cell)
            QToolTip::showText(help->globalPos(), inLines(toolTipText(m_data, m_data.cells[*cell])),
                               viewport(), cellRect(*cell).toAlignedRect());
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void LayerMap::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    const bool byKeyboard = event->reason() == Qt::TabFocusReason ||
                            event->reason() == Qt::BacktabFocusReason ||
                            event->reason() == Qt::ShortcutFocusReason;
    if (!m_current && !m_data.cells.empty() && byKeyboard)
        setCurrent(0);
    viewport()->update();
}

void LayerMap::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void LayerMap::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    zoomAt(event->position(), std::pow(1.2, event->angleDelta().y() / 120.0));
    event->accept();
}

} // namespace pare

// How pointer and keyboard choose cells of a layer map.

#include "widgets/layermap/layermap.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QRubberBand>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace pare {

LayerMap::Choosing LayerMap::choosing(Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::ShiftModifier)
        return Choosing::Extend;
    return modifiers & Qt::ControlModifier ? Choosing::Toggle : Choosing::Replace;
}

void LayerMap::choose(const std::vector<std::size_t> &fronts, Choosing choosing)
{
    const std::vector<std::size_t> cells = placed().withFolded(fronts);
    const std::vector<bool> before = m_selected;
    if (choosing == Choosing::Replace)
        m_selected.assign(m_data.cells.size(), false);
    // Toggling several takes them away only when all of them are chosen.
    const bool all =
        std::ranges::all_of(cells, [this](std::size_t cell) { return isSelected(cell); });
    const bool value = choosing != Choosing::Toggle || !all;
    for (const std::size_t cell : cells)
        m_selected[cell] = value;
    emitSelection(before);
}

/// From the anchor to `to`: the rectangle that both span in the grid.
void LayerMap::chooseRange(std::size_t to)
{
    if (!m_anchor) {
        m_anchor = to;
        choose({to}, Choosing::Replace);
        return;
    }
    const QRectF span = placed().cells[*m_anchor].united(placed().cells[to]).adjusted(1, 1, -1, -1);
    choose(placed().cellsWithin(span), Choosing::Replace);
}

void LayerMap::chooseCell(std::size_t cell)
{
    if (cell >= m_data.cells.size())
        return;
    m_anchor = cell;
    setCurrent(cell);
    choose({cell}, Choosing::Replace);
}

void LayerMap::setCurrent(std::size_t cell)
{
    unfold(cell);
    m_current = cell;
    ensureVisible(cell);
    viewport()->update();
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(static_cast<int>(cell));
    QAccessible::updateAccessibility(&event);
}

void LayerMap::setHovered(std::optional<std::size_t> cell)
{
    if (m_hovered == cell)
        return;
    m_hovered = cell;
    viewport()->update();
    Q_EMIT hovered(cell ? QString::fromStdString(m_data.cells[*cell].name) : QString());
}

// ---- pointer
// ------------------------------------------------------------------------------------------

void LayerMap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton) {
        m_panned = event->position();
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    const QPointF position = toContent(event->position());
    const Choosing how = choosing(event->modifiers());
    if (const auto fold = placed().foldAt(position)) {
        toggleFold(*fold);
    } else if (const auto head = placed().headAt(position, -origin().y())) {
        choose(placed().heads[*head].cells, how);
    } else if (const auto row = placed().rowLabelAt(position)) {
        choose(placed().rows[*row].cells, how);
    } else {
        m_pressed = position;
        m_selectedBeforeDrag = m_selected;
        const auto cell = placed().cellAt(position);
        if (!cell) {
            if (how == Choosing::Replace)
                choose({}, how);
        } else if (how == Choosing::Extend && m_anchor) {
            setCurrent(*cell);
            chooseRange(*cell);
        } else {
            m_anchor = *cell;
            setCurrent(*cell);
            choose({*cell}, how);
        }
    }
}

void LayerMap::mouseMoveEvent(QMouseEvent *event)
{
    if (m_panned) {
        const QPointF moved = event->position() - *m_panned;
        m_panned = event->position();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - qRound(moved.x()));
        verticalScrollBar()->setValue(verticalScrollBar()->value() - qRound(moved.y()));
        return;
    }
    const QPointF position = toContent(event->position());
    if (m_pressed && (event->buttons() & Qt::LeftButton)) {
        if (m_band ||
            (position - *m_pressed).manhattanLength() >= QApplication::startDragDistance())
            dragTo(position);
        return;
    }
    const bool onHead = placed().headAt(position, -origin().y()) || placed().rowLabelAt(position) ||
                        placed().foldAt(position);
    setHovered(onHead ? std::nullopt : placed().cellAt(position));
    viewport()->setCursor(onHead ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void LayerMap::dragTo(const QPointF &position)
{
    if (!m_band)
        m_band = std::make_unique<QRubberBand>(QRubberBand::Rectangle, viewport());
    setHovered(std::nullopt);
    const QRectF rect = QRectF(*m_pressed, position).normalized();
    m_band->setGeometry(rect.translated(origin()).toAlignedRect());
    m_band->show();

    const std::vector<bool> before = m_selected;
    const bool add = QApplication::keyboardModifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    m_selected = add ? m_selectedBeforeDrag : std::vector<bool>(m_data.cells.size(), false);
    for (const std::size_t cell : placed().withFolded(placed().cellsWithin(rect)))
        m_selected[cell] = true;
    emitSelection(before);

    // Dragging past an edge scrolls towards what lies there.
    const QPointF view = position + origin();
    const auto follow = [](QScrollBar *bar, qreal place, qreal size) {
        if (place < 0)
            bar->setValue(bar->value() - bar->singleStep() / 2);
        else if (place > size)
            bar->setValue(bar->value() + bar->singleStep() / 2);
    };
    follow(horizontalScrollBar(), view.x(), viewport()->width());
    follow(verticalScrollBar(), view.y(), viewport()->height());
}

void LayerMap::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton && m_panned) {
        m_panned.reset();
        viewport()->unsetCursor();
    }
    m_pressed.reset();
    m_band.reset();
}

void LayerMap::mouseDoubleClickEvent(QMouseEvent *event)
{
    const auto cell = placed().cellAt(toContent(event->position()));
    if (cell && event->button() == Qt::LeftButton)
        Q_EMIT activated(QString::fromStdString(m_data.cells[*cell].name));
}

void LayerMap::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const auto cell = byKey ? m_current : placed().cellAt(toContent(event->pos()));
    if (byKey && cell)
        ensureVisible(*cell);
    const QPoint at = byKey && cell
                          ? viewport()->mapToGlobal(cellRect(*cell).bottomLeft().toPoint())
                          : event->globalPos();
    Q_EMIT menuRequested(cell ? QString::fromStdString(m_data.cells[*cell].name) : QString(), at);
    event->accept();
}

// ---- keyboard
// -----------------------------------------------------------------------------------------

/// The cell of the next row in `direction` (-1, 1) that stands nearest below or above.
std::optional<std::size_t> LayerMap::inRowBeside(std::size_t cell, int direction) const
{
    const auto &rows = placed().rows;
    const qreal top = rows[placed().rowOf(cell)].top();
    const qreal middle = placed().cells[cell].center().x();
    std::optional<std::size_t> best;
    qreal bestRow = 0;
    qreal bestDistance = 0;
    for (const LayerMapRow &row : rows) {
        const qreal away = (row.top() - top) * direction;
        if (away <= 0 || (best && away > bestRow + 0.5))
            continue;
        for (const std::size_t candidate : row.cells) {
            const QRectF &rect = placed().cells[candidate];
            const qreal distance = middle < rect.left()    ? rect.left() - middle
                                   : middle > rect.right() ? middle - rect.right()
                                                           : 0;
            if (!best || away < bestRow - 0.5 || distance < bestDistance) {
                best = candidate;
                bestRow = away;
                bestDistance = distance;
            }
        }
    }
    return best;
}

std::optional<std::size_t> LayerMap::neighbour(int key) const
{
    if (m_data.cells.empty())
        return std::nullopt;
    if (!m_current)
        return 0;
    if (key == Qt::Key_Up || key == Qt::Key_Down)
        return inRowBeside(*m_current, key == Qt::Key_Up ? -1 : 1);
    if (key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
        std::optional<std::size_t> cell = m_current;
        const qreal pitch = placed().cells[*cell].height() * 1.2;
        for (int rows = std::max(1, static_cast<int>(viewport()->height() / pitch) - 1); rows > 0;
             --rows) {
            const auto next = inRowBeside(*cell, key == Qt::Key_PageUp ? -1 : 1);
            if (!next)
                break;
            cell = next;
        }
        return cell;
    }
    const auto &cells = placed().rows[placed().rowOf(*m_current)].cells;
    const auto place = std::ranges::find(cells, *m_current);
    if (key == Qt::Key_Home)
        return cells.front();
    if (key == Qt::Key_End)
        return cells.back();
    if (key == Qt::Key_Left)
        return place == cells.begin() ? std::nullopt : std::optional(*std::prev(place));
    return place + 1 == cells.end() ? std::nullopt : std::optional(*std::next(place));
}

bool LayerMap::moveByKey(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        break;
    default:
        return false;
    }
    const auto next = neighbour(event->key());
    if (!next)
        return true;
    setCurrent(*next);
    if (event->modifiers() & Qt::ShiftModifier)
        chooseRange(*next);
    else if (!(event->modifiers() & Qt::ControlModifier))
        chooseCell(*next);
    return true;
}

void LayerMap::keyPressEvent(QKeyEvent *event)
{
    if (moveByKey(event))
        return;
    if (event->matches(QKeySequence::SelectAll)) {
        std::vector<std::size_t> all(m_data.cells.size());
        std::iota(all.begin(), all.end(), std::size_t(0));
        choose(all, Choosing::Replace);
        return;
    }
    const QString current =
        m_current ? QString::fromStdString(m_data.cells[*m_current].name) : QString();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setZoom(m_zoom * 1.25);
        return;
    case Qt::Key_Minus:
        setZoom(m_zoom / 1.25);
        return;
    case Qt::Key_0:
        setZoom(1);
        return;
    case Qt::Key_F:
        setFolding(isFolded() ? Folding::Never : Folding::Always);
        return;
    case Qt::Key_Escape:
        if (std::ranges::find(m_selected, true) == m_selected.end())
            break;
        choose({}, Choosing::Replace);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current)
            Q_EMIT activated(current);
        return;
    case Qt::Key_Space:
        if (m_current && (event->modifiers() & Qt::ControlModifier))
            choose({*m_current}, Choosing::Toggle);
        else if (m_current)
            Q_EMIT toggled(current);
        return;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

} // namespace pare

// What of a laid out layer map stands at a place.
#include "widgets/layermap/layermaplayout.h"

#include <algorithm>

namespace pare {

std::pair<std::size_t, std::size_t> LayerMapLayout::rowsWithin(qreal top, qreal bottom) const
{
    const auto first = std::ranges::partition_point(
        rows, [top](const LayerMapRow &row) { return row.bottom() < top; });
    const auto last = std::partition_point(
        first, rows.end(), [bottom](const LayerMapRow &row) { return row.top() <= bottom; });
    return {static_cast<std::size_t>(first - rows.begin()),
            static_cast<std::size_t>(last - rows.begin())};
}

std::optional<std::size_t> LayerMapLayout::cellAt(const QPointF &position) const
{
    const auto [first, last] = rowsWithin(position.y(), position.y());
    for (std::size_t row = first; row < last; ++row) {
        for (const std::size_t cell : rows[row].cells) {
            if (cells[cell].contains(position))
                return cell;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> LayerMapLayout::rowLabelAt(const QPointF &position) const
{
    const auto [first, last] = rowsWithin(position.y(), position.y());
    for (std::size_t row = first; row < last; ++row) {
        if (rows[row].label.contains(position))
            return row;
    }
    return std::nullopt;
}

std::optional<std::size_t> LayerMapLayout::foldAt(const QPointF &position) const
{
    const auto [first, last] = rowsWithin(position.y(), position.y());
    for (std::size_t row = first; row < last; ++row) {
        if (rows[row].fold.contains(position))
            return row;
    }
    return std::nullopt;
}

std::vector<std::size_t> LayerMapLayout::withFolded(const std::vector<std::size_t> &chosen) const
{
    std::vector<bool> front(cells.size(), false);
    for (const std::size_t cell : chosen)
        front[cell] = true;
    std::vector<std::size_t> all;
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (front[cell] || front[fronts[cell]])
            all.push_back(cell);
    }
    return all;
}

qreal LayerMapLayout::headShift(qreal visibleTop) const
{
    return headBand.isEmpty() ? 0 : std::max<qreal>(0, visibleTop - headBand.top());
}

std::optional<std::size_t> LayerMapLayout::headAt(const QPointF &position, qreal visibleTop) const
{
    const QPointF unshifted = position - QPointF(0, headShift(visibleTop));
    const auto found = std::ranges::find_if(
        heads, [&unshifted](const LayerMapHead &head) { return head.rect.contains(unshifted); });
    if (found == heads.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - heads.begin());
}

std::vector<std::size_t> LayerMapLayout::cellsWithin(const QRectF &rect) const
{
    std::vector<std::size_t> found;
    const auto [first, last] = rowsWithin(rect.top(), rect.bottom());
    for (std::size_t row = first; row < last; ++row) {
        for (const std::size_t cell : rows[row].cells) {
            if (cells[cell].intersects(rect))
                found.push_back(cell);
        }
    }
    return found;
}

std::size_t LayerMapLayout::rowOf(std::size_t cell) const
{
    const qreal middle = cells[cell].center().y();
    const auto [first, last] = rowsWithin(middle, middle);
    for (std::size_t row = first; row < last; ++row) {
        if (std::ranges::find(rows[row].cells, fronts[cell]) != rows[row].cells.end())
            return row;
    }
    return 0;
}

} // namespace pare

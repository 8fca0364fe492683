// Where everything of the layer map stands, in pixels of its content; no painting, no widgets.
//
// Above the blocks a row of what comes before them, below a row of what comes after; between, one
// section for each stack, side by side, with blocks as rows and the parts of a block as columns in
// the order of data.
#pragma once

#include "widgets/layermap/layermapdata.h"

#include <QRectF>
#include <set>
#include <string>
#include <utility>

class QFontMetricsF;

namespace pare {

/// Between the border of a cell and its text.
inline constexpr qreal cellPadding = 6;

/// What the width of a cell is proportional to, before a minimum that keeps small layers visible.
enum class LayerWidths { Bytes, SquareRoot, Equal, Logarithm };

/// A stack's name and a block of it.
using BlockPlace = std::pair<std::string, int>;

/// Sizes that follow from the font.
struct LayerMapMetrics
{
    qreal margin = 16;
    qreal gap = 8;       ///< between cells
    qreal rowGap = 8;    ///< between rows
    qreal groupGap = 16; ///< between attention and feed-forward
    qreal smallest = 6;  ///< of a cell's width
    qreal line = 16;     ///< one line of text
    qreal rowHeight = 36;
    qreal labelWidth = 44;  ///< before a row: its block
    qreal bytesWidth = 72;  ///< after a row: its bytes
    qreal letter = 7;       ///< a letter of a small text, on the mean
    qreal smallestRow = 18; ///< the least height of a row that can be read
    qreal growth = 1.5;     ///< of the height of rows, where there is room
    qreal smallestGap = 4;

    static LayerMapMetrics of(const QFontMetricsF &font);
};

/// Whether several blocks in a row that are alike stand as one.
enum class Folding {
    Never,
    WhereNeeded, ///< where rows would otherwise have to scroll
    Always,
};

struct LayerMapView
{
    LayerWidths widths = LayerWidths::SquareRoot;
    qreal available = 800; ///< width that is to be filled
    qreal zoom = 1;        ///< of cells; text stays as it is
    qreal height =
        0; ///< that rows fill at zoom 1, as far as they can be read; 0: they are as they are
    Folding folding = Folding::Never;
    bool valuesCount = false; ///< blocks are alike only where their layers' values are the same
    std::set<BlockPlace> unfolded = {}; ///< the first blocks of rows that a person unfolded
};

/// One row of cells: a block of a stack, or layers outside the stacks.
struct LayerMapRow
{
    std::string stack;
    int block = -1;
    int lastBlock = -1; ///< of those that it stands for
    QString title;      ///< "3", "3–22", "tokens", "head"
    QRectF fold;        ///< folds or unfolds what begins here; empty: nothing does
    QRectF label;       ///< what selects the row
    QRectF bytes;       ///< where its sum stands
    std::int64_t bytesBefore = 0;
    std::optional<std::int64_t> bytesNow = 0; ///< nothing: of one of its cells not known yet
    std::vector<std::size_t> cells;           ///< from left to right

    bool isFolded() const { return lastBlock > block; }
    qreal top() const { return label.top(); }
    qreal bottom() const { return label.bottom(); }
};

/// A heading over columns; it selects the cells under it.
struct LayerMapHead
{
    enum class Kind { Stack, Group, Column };
    Kind kind = Kind::Column;
    QString title;
    QRectF rect;
    std::vector<std::size_t> cells;
};

struct LayerMapLayout
{
    std::vector<QRectF> cells; ///< beside LayerMapData::cells
    /// Beside them: the cell that stands for it where its block is folded away; else itself.
    std::vector<std::size_t> fronts;
    std::vector<std::optional<std::size_t>> owners; ///< beside them: whose weight a shared one uses
    std::vector<QRectF>
        names; ///< beside them: where the name stands that a cell cannot bear; mostly empty
    std::vector<LayerMapRow> rows; ///< by top, then by left
    std::vector<LayerMapHead> heads;
    QRectF headBand; ///< what the heads cover, over the whole width; empty where there are none
    QSizeF size;

    /// The rows that reach into the stretch from `top` to `bottom`: first and one past the last.
    std::pair<std::size_t, std::size_t> rowsWithin(qreal top, qreal bottom) const;
    std::optional<std::size_t> cellAt(const QPointF &position) const;
    std::optional<std::size_t> rowLabelAt(const QPointF &position) const;
    std::optional<std::size_t> foldAt(const QPointF &position) const;
    /// With those that are folded away behind them.
    std::vector<std::size_t> withFolded(const std::vector<std::size_t> &cells) const;
    /// Index of the heading under `position`, where the content is scrolled to `visibleTop`.
    std::optional<std::size_t> headAt(const QPointF &position, qreal visibleTop) const;
    std::vector<std::size_t> cellsWithin(const QRectF &rect) const;
    /// How far the headings move down so that they stay in sight.
    qreal headShift(qreal visibleTop) const;
    /// Index of the row that holds a cell.
    std::size_t rowOf(std::size_t cell) const;
};

LayerMapLayout layerMapLayout(const LayerMapData &data, const LayerMapMetrics &metrics,
                              const LayerMapView &view);

} // namespace pare

// What a cell of the layer map says of itself: its techniques, its name, or its bytes, in the longest form
// that there is room for. That something is done to a layer is always said. Values; any thread.
#pragma once

#include "widgets/layermap/layermapdata.h"

#include <QRectF>

class QFontMetricsF;

namespace pare {

struct CellMark
{
    enum class Kind {
        Nothing,
        Text,
        Symbols, ///< the marks of its families
        Corner,  ///< one for them all
    };
    Kind kind = Kind::Nothing;
    QString text;
    QRectF place;          ///< of text and symbols
    bool intoFill = false; ///< on what is left, not beside it
    int symbols = 0;       ///< so many of the families, the last ones
};

inline constexpr qreal symbolSize = 9;
inline constexpr qreal symbolStep = 12;

/// Where a cell has its place, which part of it is left, whether its name stands beside it, and for how many
/// of alike blocks it stands.
struct CellRoom
{
    QRectF rect;
    QRectF filled;
    bool namedBeside = false;
    int blocks = 1;
};

/// Layers outside the stacks also say their names. `metrics` are those of badges and names.
CellMark cellMark(const LayerMapCell &cell, const CellRoom &room, const QFontMetricsF &metrics);

/// From the whole to the shortest that can be read: "r24·4b", "r24+"; of untouched layers nothing.
QStringList badgeForms(const LayerState &state);

} // namespace pare

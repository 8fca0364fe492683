// Draws a layer map from values; on the thread of its paint device. Lives for one paint.
#pragma once

#include "widgets/layermap/layermapcolouring.h"
#include "widgets/layermap/layermaplayout.h"
#include "widgets/layermap/layermapmark.h"

#include <QFont>
#include <QFontMetricsF>

class QPainter;

namespace pare {

struct LayerMapScene
{
    const LayerMapData &data;
    const LayerMapLayout &layout;
    const LayerMapColouring &colouring;
    const Theme &theme;
    QFont font;
    QRectF visible;             ///< in content coordinates; nothing else is drawn
    std::vector<bool> selected; ///< beside the cells; empty: none
    std::optional<std::size_t> hovered;
    std::optional<std::size_t> current; ///< has the keyboard's focus
};

/// What was cut away: an empty hatched cell.
void paintCutAway(QPainter &painter, const QRectF &rect, qreal radius, const Theme &theme);
/// A whole cell of which measuring will tell how much is left; `colour` is that of its fill then.
void paintUnknown(QPainter &painter, const QRectF &rect, qreal radius, const QColor &colour,
                  const Theme &theme);

class LayerMapPainter
{
public:
    LayerMapPainter(const LayerMapScene &scene, QPainter &painter);

    /// The painter's origin is that of the content.
    void paint();

private:
    void paintFold(const LayerMapRow &row);
    void paintRow(const LayerMapRow &row);
    void paintNameBeside(std::size_t index);
    void paintCell(std::size_t index);
    void paintShared(std::size_t index, const QRectF &rect);
    void paintFill(std::size_t index, const QRectF &rect);
    void paintMark(std::size_t index, const QRectF &filled, const QColor &fill);
    void paintSymbols(const LayerMapCell &cell, const CellMark &mark, const QColor &fill);
    void paintOutline(std::size_t index);
    void paintLinks();
    void paintLink(const QRectF &from, const QRectF &to);
    void paintHeads();
    bool isSelected(std::size_t index) const;

    const LayerMapScene &m_scene;
    QPainter &m_painter;
    QFont m_small;
    QFont m_badge;
    QFontMetricsF m_smallMetrics;
    QFontMetricsF m_badgeMetrics;
    int m_blocks = 1; ///< for which the row that is painted stands
};

} // namespace pare

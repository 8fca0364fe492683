// Says below a layer map what colour, hatching, dashes and width mean. Window's thread; child of
// the map.
#pragma once

#include "widgets/layermap/layermapcolouring.h"
#include "widgets/layermap/layermaplayout.h"

#include <QWidget>
#include <memory>

namespace pare {

class LayerMapLegend : public QWidget
{
    Q_OBJECT

public:
    explicit LayerMapLegend(QWidget *parent = nullptr);
    ~LayerMapLegend() override;

    /// A control in the place of the sentence on widths.
    void setEnd(QWidget *end);
    void setContent(const LayerMapColouring &colouring, LayerWidths widths);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::unique_ptr<LayerMapColouring> m_colouring;
    LayerWidths m_widths = LayerWidths::SquareRoot;
    QWidget *m_end = nullptr;
};

/// Draws the legend into `rect`; entries that do not fit are left out, from the right. No widths: nothing
/// is said of them.
void paintLayerMapLegend(QPainter &painter, const QRectF &rect, const LayerMapColouring &colouring,
                         std::optional<LayerWidths> widths, const Theme &theme);

} // namespace pare

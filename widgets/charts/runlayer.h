// Draws runs, the front, the current recipe and their names into a plot. Owned by the plot,
// window's thread.
#pragma once

#include "widgets/charts/tradeoffdata.h"
#include "widgets/theme/theme.h"

#include <QFont>
#include <qcustomplot.h>

namespace pare {

enum class FrontLabels { Hidden, Shown };

class RunLayer : public QCPLayerable
{
public:
    explicit RunLayer(QCustomPlot *plot);

    void setContent(TradeoffData data, const Theme &theme, const QFont &font);
    void setLabels(FrontLabels labels) { m_labels = labels; }
    void setLineScale(double scale) { m_lineScale = scale; }
    /// In the order in which they were chosen.
    void setSelected(std::vector<std::size_t> points) { m_selected = std::move(points); }
    void setHovered(std::optional<std::size_t> point) { m_hovered = point; }

    const TradeoffData &data() const { return m_data; }
    const std::vector<std::size_t> &selected() const { return m_selected; }
    bool isSelected(std::size_t point) const;
    /// The point nearest to a place of the plot, within reach of a pointer.
    std::optional<std::size_t> pointAt(const QPointF &position) const;
    /// Those within a part of the plot.
    std::vector<std::size_t> pointsIn(const QRectF &part) const;
    /// Where a value in base units stands on the plot.
    QPointF pixel(double x, double y) const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override
    {
        painter->setAntialiasing(true);
    }
    void draw(QCPPainter *painter) override;
    QRect clipRect() const override;

private:
    struct Label
    {
        QString text;
        QPointF at;
        QColor colour;
    };

    void drawFront(QCPPainter *painter) const;
    void drawErrorBar(QCPPainter *painter, const TradeoffPoint &point) const;
    void drawPoint(QCPPainter *painter, std::size_t index) const;
    void drawCurrent(QCPPainter *painter) const;
    void drawLabels(QCPPainter *painter) const;
    void drawNothing(QCPPainter *painter) const;
    std::vector<Label> labels() const;
    std::vector<QRectF> obstacles() const;
    QColor colourOf(const TradeoffPoint &point) const;
    qreal markSize() const;

    TradeoffData m_data;
    std::vector<std::size_t> m_front;
    Theme m_theme;
    QFont m_font;
    double m_lineScale = 1;
    FrontLabels m_labels = FrontLabels::Hidden;
    std::vector<std::size_t> m_selected;
    std::optional<std::size_t> m_hovered;
};

} // namespace pare

#include "widgets/charts/tradeoffplot.h"

#include "widgets/charts/decimalticker.h"

#include <cmath>

namespace pare {

namespace {

/// Smallest and largest of what is finite, and positive where the scale needs that.
class Extent
{
public:
    explicit Extent(AxisScale scale)
        : m_scale(scale)
    {}

    void add(double value)
    {
        if (!std::isfinite(value) || (m_scale == AxisScale::Logarithmic && value <= 0))
            return;
        m_low = m_empty ? value : std::min(m_low, value);
        m_high = m_empty ? value : std::max(m_high, value);
        m_empty = false;
    }

    /// With air around; `least` is the smallest span of a linear axis.
    QCPRange range(double least) const
    {
        if (m_scale == AxisScale::Logarithmic) {
            if (m_empty)
                return {1, 10};
            const double air =
                std::max(std::pow(m_high / m_low, 0.1), m_high / m_low < 1.5 ? 1.4 : 1.08);
            return {m_low / air, m_high * air};
        }
        if (m_empty)
            return {0, 100};
        const double span = std::max(m_high - m_low, least);
        const double middle = (m_low + m_high) / 2;
        return {middle - span * 0.56, middle + span * 0.56};
    }

private:
    AxisScale m_scale;
    bool m_empty = true;
    double m_low = 0;
    double m_high = 0;
};

} // namespace

TradeoffPlot::TradeoffPlot(QWidget *parent)
    : QCustomPlot(parent)
    , m_runs(new RunLayer(this))
{
    setFocusPolicy(Qt::NoFocus);
    setInteractions(QCP::iRangeZoom);
    setNoAntialiasingOnDrag(false);
    setAutoAddPlottableToLegend(false);
    axisRect()->setRangeZoomFactor(0.85);
    // Labels drawn from a cache come out blurred in exported pictures.
    setPlottingHint(QCP::phCacheLabels, false);
}

void TradeoffPlot::setContent(const TradeoffData &data, const Theme &theme, const QFont &font)
{
    m_runs->setContent(data, theme, font);
    setBackground(theme.panel);
    QColor within = theme.accent;
    within.setAlphaF(0.12f);
    selectionRect()->setPen(QPen(theme.accent, 1));
    selectionRect()->setBrush(within);
    styleAxis(xAxis, data.x, theme, font);
    styleAxis(yAxis, data.y, theme, font);
}

void TradeoffPlot::styleAxis(QCPAxis *axis, const TradeoffAxis &content, const Theme &theme,
                             const QFont &font)
{
    const bool logarithmic = content.scale == AxisScale::Logarithmic;
    axis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    const auto ticker = QSharedPointer<DecimalTicker>::create(content.scale);
    ticker->setTickCount(logarithmic ? 9 : 8);
    axis->setTicker(ticker);
    axis->setLabel(content.caption());
    const QFont small = smallerFont(font);
    axis->setLabelFont(small);
    axis->setTickLabelFont(small);
    axis->setLabelColor(theme.secondary);
    axis->setTickLabelColor(theme.secondary);
    axis->setBasePen(QPen(theme.line, m_lineScale));
    axis->setTickPen(Qt::NoPen);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelPadding(6);
    axis->setLabelPadding(4);
    axis->grid()->setPen(QPen(mixed(theme.panel, theme.line, 0.6), m_lineScale));
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->grid()->setSubGridVisible(false);
}

void TradeoffPlot::setLineScale(double scale)
{
    m_lineScale = scale;
    m_runs->setLineScale(scale);
}

void TradeoffPlot::fit()
{
    const TradeoffData &data = m_runs->data();
    Extent x(data.x.scale);
    Extent y(data.y.scale);
    const auto add = [&](const auto &point) {
        if (!std::isfinite(point.x) || !std::isfinite(point.y))
            return;
        x.add(point.x * data.x.factor);
        for (const double value : {point.y, point.low, point.high})
            y.add(value * data.y.factor);
    };
    for (const TradeoffPoint &point : data.points)
        add(point);
    if (data.current)
        add(*data.current);
    xAxis->setRange(x.range(1));
    yAxis->setRange(y.range(2));
}

void TradeoffPlot::pan(const QPointF &by)
{
    const auto move = [](QCPAxis *axis, double pixels) {
        const QCPRange range = axis->range();
        axis->setRange(axis->pixelToCoord(axis->coordToPixel(range.lower) - pixels),
                       axis->pixelToCoord(axis->coordToPixel(range.upper) - pixels));
    };
    move(xAxis, by.x());
    move(yAxis, by.y());
}

} // namespace pare

#include "widgets/charts/plotfigure.h"

#include "widgets/charts/chartsheet.h"
#include "widgets/charts/decimalticker.h"
#include "widgets/theme/colourscale.h"

#include <algorithm>

namespace pare {

namespace {

constexpr double line = 1.5; // units
constexpr double markSize = 7;
constexpr int panelRoom = 52; // units that an axis with its title takes, about

/// Lays out the plot of a figure.
class FigurePlot
{
public:
    FigurePlot(const PlotFigure &figure, const ChartSheet &sheet, int height)
        : m_figure(figure)
        , m_height(height)
        , m_theme(sheet.theme())
        , m_font(smallerFont(sheet.font()))
        , m_scale(sheet.lineScale())
    {
        m_plot.setPlottingHint(QCP::phCacheLabels, false); // or labels are blurred
        m_plot.setBackground(m_theme.panel);
        m_plot.plotLayout()->clear();
        if (figure.grid)
            addGrid(*figure.grid);
        else
            addPanels();
    }

    QCustomPlot &plot() { return m_plot; }

private:
    /// As many as stand above each other with room between them.
    static int ticksOf(int height) { return std::clamp(height / 26, 2, 6); }

    void style(QCPAxis *axis, const FigureAxis &content, int ticks)
    {
        const auto ticker = QSharedPointer<DecimalTicker>::create(AxisScale::Linear, content.signs);
        // Either half has as many as room, but they count as one length.
        ticker->setTickCount(content.signs == TickSigns::Signed ? ticks : 2 * ticks);
        axis->setTicker(ticker);
        axis->setVisible(true);
        axis->setTickLabels(true);
        axis->setRange(content.low, content.high);
        axis->setLabel(content.title);
        axis->setLabelFont(m_font);
        axis->setTickLabelFont(m_font);
        axis->setLabelColor(m_theme.secondary);
        axis->setTickLabelColor(m_theme.secondary);
        axis->setBasePen(QPen(m_theme.line, m_scale));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelPadding(6);
        axis->setLabelPadding(4);
        axis->grid()->setPen(QPen(mixed(m_theme.panel, m_theme.line, 0.6), m_scale));
        axis->grid()->setZeroLinePen(content.signs == TickSigns::Signed
                                         ? QPen(Qt::NoPen)
                                         : QPen(m_theme.secondary, m_scale));
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }

    void addPanels()
    {
        auto *sides = new QCPMarginGroup(&m_plot); // the same x at the same place
        int shares = 0;
        for (const FigurePanel &panel : m_figure.panels)
            shares += panel.share;
        int row = 0;
        const int last = static_cast<int>(m_figure.panels.size()) - 1;
        for (const FigurePanel &panel : m_figure.panels) {
            auto *rect = new QCPAxisRect(&m_plot);
            m_plot.plotLayout()->addElement(row, 0, rect);
            m_plot.plotLayout()->setRowStretchFactor(row, panel.share);
            rect->setMarginGroup(QCP::msLeft | QCP::msRight, sides);
            const int ticks = ticksOf((m_height - panelRoom * (last + 1)) * panel.share / shares);
            style(rect->axis(QCPAxis::atLeft), panel.left, ticks);
            FigureAxis x = m_figure.x;
            if (row != last)
                x.title.clear();
            style(rect->axis(QCPAxis::atBottom), x, 7);
            if (panel.right) {
                style(rect->axis(QCPAxis::atRight), *panel.right, ticks);
                rect->axis(QCPAxis::atRight)->grid()->setVisible(false);
            }
            for (const FigureSeries &series : panel.series)
                add(series, rect);
            addMarks(panel, rect);
            ++row;
        }
        m_plot.plotLayout()->setRowSpacing(spacing::inside);
    }

    void add(const FigureSeries &series, QCPAxisRect *rect)
    {
        QCPAxis *key = rect->axis(QCPAxis::atBottom);
        QCPAxis *value =
            rect->axis(series.side == FigureSide::Right ? QCPAxis::atRight : QCPAxis::atLeft);
        const QVector<double> x(series.x.begin(), series.x.end());
        const QVector<double> y(series.y.begin(), series.y.end());
        if (series.shape == FigureShape::Bars) {
            auto *bars = new QCPBars(key, value);
            bars->setWidth(series.width);
            bars->setPen(Qt::NoPen);
            bars->setBrush(series.colour);
            bars->setAntialiased(false);
            bars->setData(x, y, true);
            return;
        }
        QCPGraph *graph = m_plot.addGraph(key, value);
        graph->setPen(QPen(series.colour, line * m_scale));
        if (series.shape == FigureShape::Points)
            graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(scatterOf(series));
        if (series.shape == FigureShape::Dashed)
            graph->setPen(QPen(series.colour, line * m_scale, Qt::DashLine));
        graph->addData(x, y, true);
    }

    QCPScatterStyle scatterOf(const FigureSeries &series) const
    {
        if (series.shape == FigureShape::Points)
            return {QCPScatterStyle::ssDiamond, QPen(series.colour, line * m_scale), m_theme.panel,
                    markSize + 2};
        if (series.shape == FigureShape::Dashed)
            return {QCPScatterStyle::ssDisc, QPen(series.colour, m_scale), series.colour,
                    markSize - 1};
        return {};
    }

    /// Their names stand above the panel, each on a line of its own, so that none covers data.
    void addMarks(const FigurePanel &panel, QCPAxisRect *rect)
    {
        const int height = static_cast<int>(QFontMetricsF(m_font).height()) + 1;
        const int lines = static_cast<int>(panel.marks.size());
        rect->setAutoMargins(QCP::msLeft | QCP::msRight | QCP::msBottom);
        rect->setMargins({0, lines * height + spacing::tight, spacing::tight, 0});
        QCPAxis *key = rect->axis(QCPAxis::atBottom);
        int above = 0;
        for (const FigureMark &mark : panel.marks) {
            const auto place = [&](QCPItemPosition *position, double down) {
                position->setAxes(key, rect->axis(QCPAxis::atLeft));
                position->setAxisRect(rect);
                position->setTypeX(QCPItemPosition::ptPlotCoords);
                position->setTypeY(QCPItemPosition::ptAxisRectRatio);
                position->setCoords(mark.x, down);
            };
            if (mark.line != MarkLine::None) {
                auto *down = new QCPItemLine(&m_plot);
                place(down->start, 0);
                place(down->end, 1);
                const auto pen = mark.line == MarkLine::Dashed ? Qt::DashLine : Qt::SolidLine;
                down->setPen(QPen(m_theme.text, m_scale, pen));
                down->setClipToAxisRect(false);
            }
            auto *text = new QCPItemText(&m_plot);
            place(text->position, 0);
            const double share = (mark.x - key->range().lower) / key->range().size();
            text->setPositionAlignment((share < 0.3   ? Qt::AlignLeft
                                        : share > 0.7 ? Qt::AlignRight
                                                      : Qt::AlignHCenter) |
                                       Qt::AlignBottom);
            text->setText(mark.text);
            text->setFont(m_font);
            text->setColor(m_theme.text);
            text->setPadding({0, 0, 0, above++ * height});
            text->setClipToAxisRect(false);
        }
    }

    void addGrid(const FigureGrid &grid)
    {
        auto *rect = new QCPAxisRect(&m_plot);
        m_plot.plotLayout()->addElement(0, 0, rect);
        QCPAxis *columns = rect->axis(QCPAxis::atBottom);
        QCPAxis *rows = rect->axis(QCPAxis::atLeft);
        const int ticks = ticksOf(m_height - panelRoom);
        style(columns, {m_figure.x.title, grid.shown.left(), grid.shown.right()}, 6);
        style(rows, {m_figure.gridRows, grid.shown.top(), grid.shown.bottom()}, ticks);
        rows->setRangeReversed(true);
        for (QCPAxis *axis : {columns, rows})
            axis->grid()->setVisible(false);

        auto *map = new QCPColorMap(columns, rows);
        const double across = grid.covered.width() / grid.columns;
        const double down = grid.covered.height() / grid.rows;
        map->data()->setSize(grid.columns, grid.rows);
        map->data()->setRange({grid.covered.left() + across / 2, grid.covered.right() - across / 2},
                              {grid.covered.top() + down / 2, grid.covered.bottom() - down / 2});
        for (int row = 0; row < grid.rows; ++row) {
            for (int column = 0; column < grid.columns; ++column)
                map->data()->setCell(
                    column, row,
                    static_cast<double>(
                        grid.values[static_cast<std::size_t>(row * grid.columns + column)]));
        }
        map->setInterpolate(false);
        map->setAntialiased(false);
        auto *scale = new QCPColorScale(&m_plot);
        m_plot.plotLayout()->addElement(0, 1, scale);
        scale->setType(QCPAxis::atRight);
        scale->setBarWidth(10);
        map->setColorScale(scale);
        map->setGradient(gradientOf(grid));
        map->setDataRange({grid.low, grid.high});
        style(scale->axis(), {grid.quantity, grid.low, grid.high}, ticks);
        auto *ends = new QCPMarginGroup(&m_plot);
        for (QCPLayoutElement *element : std::initializer_list<QCPLayoutElement *>{rect, scale})
            element->setMarginGroup(QCP::msTop | QCP::msBottom, ends);
        for (const QRectF &outline : grid.outlined)
            addOutline(outline, rect);
    }

    QCPColorGradient gradientOf(const FigureGrid &grid) const
    {
        constexpr int stops = 64;
        QCPColorGradient gradient;
        gradient.clearColorStops();
        for (int i = 0; i <= stops; ++i) {
            const double share = static_cast<double>(i) / stops;
            gradient.setColorStopAt(share, grid.diverging
                                               ? divergingColour(2 * share - 1, m_theme.mode)
                                               : scaleColour(share, m_theme.mode));
        }
        return gradient;
    }

    /// A light line within a dark one, so that it is seen on every colour.
    void addOutline(const QRectF &outline, QCPAxisRect *rect)
    {
        for (const auto &[colour, width] :
             {std::pair(QColor(0, 0, 0, 150), 2.5), std::pair(QColor(255, 255, 255, 210), 0.8)}) {
            auto *frame = new QCPItemRect(&m_plot);
            for (QCPItemPosition *position : {frame->topLeft, frame->bottomRight}) {
                position->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
                position->setAxisRect(rect);
                position->setType(QCPItemPosition::ptPlotCoords);
            }
            frame->topLeft->setCoords(outline.topLeft());
            frame->bottomRight->setCoords(outline.bottomRight());
            frame->setClipAxisRect(rect);
            frame->setPen(QPen(colour, width * m_scale));
            frame->setBrush(Qt::NoBrush);
        }
    }

    const PlotFigure &m_figure;
    int m_height; ///< of the plot, units
    Theme m_theme;
    QFont m_font;
    double m_scale;
    QCustomPlot m_plot;
};

/// The mark of a series beside its name.
void drawSample(QPainter &painter, const FigureSeries &series, const QPointF &middle, double scale)
{
    constexpr qreal half = 7;
    const QPointF aside(half, 0);
    painter.setPen(QPen(series.colour, line * scale,
                        series.shape == FigureShape::Dashed ? Qt::DashLine : Qt::SolidLine));
    const QRectF box(middle - QPointF(4, 4), QSizeF(8, 8));
    switch (series.shape) {
    case FigureShape::Line:
        painter.drawLine(middle - aside, middle + aside);
        break;
    case FigureShape::Dashed:
        painter.drawLine(middle - aside, middle + aside);
        painter.setPen(Qt::NoPen);
        painter.setBrush(series.colour);
        painter.drawEllipse(middle, markSize / 2 - 0.5, markSize / 2 - 0.5);
        break;
    case FigureShape::Points:
        painter.drawPolygon(QPolygonF({middle - QPointF(4, 0), middle - QPointF(0, 4),
                                       middle + QPointF(4, 0), middle + QPointF(0, 4)}));
        break;
    case FigureShape::Bars:
        painter.fillRect(box, series.colour);
        break;
    }
}

std::vector<LegendEntry> legendOf(const PlotFigure &figure, double scale)
{
    std::vector<LegendEntry> legend;
    for (const FigurePanel &panel : figure.panels) {
        for (const FigureSeries &series : panel.series)
            legend.push_back(
                {series.name, [series, scale](QPainter &painter, const QPointF &middle) {
                     drawSample(painter, series, middle, scale);
                 }});
    }
    return legend;
}

/// Height of width, so that weights are about square, as far as a matrix is not too long to be seen.
double flatOf(const FigureGrid &grid, const ChartExport &options)
{
    constexpr double beside = 150; // units that axes and scale take
    constexpr double below = panelRoom + 2 * spacing::around;
    constexpr double text = 24;
    const double width = sheetUnits(options).width();
    const double shape =
        std::clamp(grid.shown.height() / std::max(1.0, grid.shown.width()), 0.35, 1.2);
    const double texts =
        (options.title.isEmpty() ? 0 : text) + (options.caption.isEmpty() ? 0 : text);
    return (shape * std::max(60.0, width - beside) + below + texts) / width;
}

} // namespace

QByteArray plotPicture(const PlotFigure &figure, PictureFormat format, const ChartExport &options)
{
    return sheetPicture(format, options, figure.grid ? flatOf(*figure.grid, options) : figure.flat,
                        [&](QCPPainter &painter, const ChartSheet &sheet) {
                            const QRect place = sheet.paintFrame(
                                painter, legendOf(figure, sheet.lineScale()), QString());
                            FigurePlot plot(figure, sheet, place.height());
                            paintPlot(painter, plot.plot(), place);
                        });
}

} // namespace pare

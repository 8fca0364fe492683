// The weights of a layer as a histogram: before, and after below it, mirrored, so that neither hides the
// other. Painted by hand: no axes to zoom, few pixels. Shows what it was given; window's thread; owned by
// its parent.
#pragma once

#include "core/model/technique.h"

#include <QString>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

namespace pare {

struct HistogramData
{
    double low = 0; ///< left edge of the first bin
    double high = 0;
    std::vector<std::int64_t> before; ///< one count per bin, all bins equally wide
    std::vector<std::int64_t> after;  ///< empty: nothing was changed
    QString afterTitle;               ///< "16 values a group"
    std::optional<Family> family;     ///< what made the difference: its colour
    std::vector<double> values;       ///< those a weight can take, as ticks; empty: any, or many

    bool isEmpty() const;
};

class HistogramView : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramView(QWidget *parent = nullptr);

    void setData(HistogramData data);
    const HistogramData &data() const { return m_data; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QRectF plotRect() const;
    qreal baseline() const; ///< of the bars: in the middle where there are two histograms
    std::optional<std::size_t> binAt(const QPointF &position) const;
    void paintLegend(QPainter &painter) const;
    void paintBars(QPainter &painter) const;
    void paintAxis(QPainter &painter) const;
    void paintValues(QPainter &painter) const;
    struct Series
    {
        const std::vector<std::int64_t> &counts;
        std::int64_t ceiling; ///< the count that reaches the top
        QColor colour;
        bool down = false; ///< bars hang from the baseline
    };
    QRectF barOf(const Series &series, std::size_t bin) const;
    void paintOutline(QPainter &painter, const Series &series) const;

    void paintSeries(QPainter &painter, const Series &series) const;
    void paintCutMark(QPainter &painter, const QRectF &bar, const QString &share, bool down) const;
    QColor afterColour() const;

    HistogramData m_data;
};

/// Two significant digits, with a real minus sign: weights are small numbers.
QString weightText(double value);

/// Whether `after` is `before` with values removed: nowhere more of them, but in one bin (the
/// zeros).
bool onlyRemoved(const HistogramData &data);

/// The height that fills the view: the largest count, or where one bin stands out more than
/// threefold (zeros after pruning), the second largest, so that the others stay readable.
std::int64_t histogramCeiling(const std::vector<std::int64_t> &counts);

} // namespace pare

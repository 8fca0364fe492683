// The plot that both the chart in the window and the exported picture show. QCustomPlot stays in
// this folder.
#pragma once

#include "widgets/charts/runlayer.h"

#include <qcustomplot.h>

namespace pare {

class TradeoffPlot : public QCustomPlot
{
    Q_OBJECT

public:
    explicit TradeoffPlot(QWidget *parent = nullptr);

    RunLayer *runs() const { return m_runs; }
    void setContent(const TradeoffData &data, const Theme &theme, const QFont &font);
    /// Before setContent(): how many times as thick lines are.
    void setLineScale(double scale);
    /// Ranges that hold every point with its interval.
    void fit();
    /// Moves what is seen along with a pointer that moved by so many pixels.
    void pan(const QPointF &by);

private:
    void styleAxis(QCPAxis *axis, const TradeoffAxis &content, const Theme &theme,
                   const QFont &font);

    double m_lineScale = 1;
    RunLayer *m_runs; ///< owned by its layer
};

} // namespace pare

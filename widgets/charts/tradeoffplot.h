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
    /// Ranges that hold every point with its interval.
    void fit();

private:
    void styleAxis(QCPAxis *axis, const TradeoffAxis &content, const Theme &theme,
                   const QFont &font);

    RunLayer *m_runs; ///< owned by its layer
};

} // namespace pare

// The size–accuracy chart under its head: how the size is scaled, and the way to a picture of it.
// Window's thread; owned by its parent.
#pragma once

#include "widgets/charts/tradeoffchart.h"

class QComboBox;

namespace pare {

class TradeoffPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TradeoffPanel(QWidget *parent = nullptr);

    TradeoffChart *chart() const { return m_chart; }
    /// As TradeoffChart::setData, with the scale of the size that was chosen here.
    void setData(TradeoffData data);

Q_SIGNALS:
    /// A person wants the chart as a file.
    void exportRequested();

private:
    TradeoffChart *m_chart;
    QComboBox *m_scale;
};

} // namespace pare

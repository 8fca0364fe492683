// Ticks at numbers people count by, written without exponents.
#pragma once

#include "widgets/charts/tradeoffdata.h"

#include <qcustomplot.h>

namespace pare {

class DecimalTicker : public QCPAxisTicker
{
public:
    explicit DecimalTicker(AxisScale scale)
        : m_scale(scale)
    {}

protected:
    QVector<double> createTickVector(double tickStep, const QCPRange &range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale &locale, QChar format, int precision) override;

private:
    AxisScale m_scale;
};

} // namespace pare

// Ticks at numbers people count by, written without exponents.
#pragma once

#include "widgets/charts/ticks.h"
#include "widgets/charts/tradeoffdata.h"

#include <qcustomplot.h>

namespace pare {

class DecimalTicker : public QCPAxisTicker
{
public:
    explicit DecimalTicker(AxisScale scale, TickSigns signs = TickSigns::Signed)
        : m_scale(scale)
        , m_signs(signs)
    {}

protected:
    QVector<double> createTickVector(double tickStep, const QCPRange &range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale &locale, QChar format, int precision) override;

private:
    AxisScale m_scale;
    TickSigns m_signs;
};

} // namespace pare

#include "widgets/charts/decimalticker.h"

#include "widgets/charts/ticks.h"
#include "widgets/theme/words.h"

#include <cmath>

namespace pare {

QVector<double> DecimalTicker::createTickVector(double, const QCPRange &range)
{
    return m_scale == AxisScale::Logarithmic
               ? logarithmicTicks(range.lower, range.upper, tickCount())
               : linearTicks(range.lower, range.upper, tickCount());
}

QString DecimalTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    return std::abs(tick) < 1e-12 ? QStringLiteral("0") : numberInLocale(decimalText(tick));
}

} // namespace pare

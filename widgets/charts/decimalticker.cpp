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
    if (std::abs(tick) < 1e-12)
        return QStringLiteral("0");
    const QString text = numberInLocale(decimalText(std::abs(tick)));
    return tick < 0 ? QChar(0x2212) + text : text;
}

} // namespace pare

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
    const bool isZero = std::abs(tick) < 1e-12;
    if (m_signs == TickSigns::Above && tick < 0 && !isZero)
        return {};
    if (m_signs == TickSigns::Below && (tick > 0 || isZero))
        return {};
    if (isZero)
        return QStringLiteral("0");
    const QString text = numberInLocale(decimalText(std::abs(tick)));
    return tick < 0 && m_signs == TickSigns::Signed ? QChar(0x2212) + text : text;
}

} // namespace pare

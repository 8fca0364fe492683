#include "widgets/charts/ticks.h"

#include <algorithm>
#include <cmath>

namespace pare {

namespace {

/// All products of a factor and a power of `base` within the range.
QVector<double> products(double low, double high, double base,
                         std::initializer_list<double> factors)
{
    QVector<double> ticks;
    const int first = static_cast<int>(std::floor(std::log(low) / std::log(base))) - 1;
    const int last = static_cast<int>(std::ceil(std::log(high) / std::log(base))) + 1;
    for (int power = first; power <= last; ++power) {
        for (const double factor : factors) {
            const double tick = factor * std::pow(base, power);
            if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                ticks.append(tick);
        }
    }
    return ticks;
}

} // namespace

QVector<double> linearTicks(double low, double high, int count)
{
    if (!(high > low) || count < 1)
        return {};
    const double rough = (high - low) / count;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough * (1 - 1e-9)) {
            step = factor * power;
            break;
        }
    }
    QVector<double> ticks;
    for (double index = std::ceil(low / step - 1e-9); index * step <= high + step * 1e-9; ++index)
        ticks.append(index * step);
    return ticks;
}

QVector<double> logarithmicTicks(double low, double high, int count)
{
    if (!(low > 0) || !(high > low))
        return {};
    const QVector<double> doublings = products(low, high, 2, {1});
    if (doublings.size() < 3)
        return linearTicks(low, high, std::min(count, 6));
    const QVector<double> halves = products(low, high, 2, {1, 1.5});
    if (halves.size() <= count)
        return halves;
    if (doublings.size() <= count)
        return doublings;
    const QVector<double> steps = products(low, high, 10, {1, 2, 5});
    return steps.size() <= count ? steps : products(low, high, 10, {1});
}

QString decimalText(double value)
{
    for (int decimals = 0; decimals < 7; ++decimals) {
        const QString text = QString::number(value, 'f', decimals);
        if (std::abs(text.toDouble() - value) <= std::abs(value) * 1e-6)
            return text;
    }
    return QString::number(value, 'f', 7);
}

} // namespace pare

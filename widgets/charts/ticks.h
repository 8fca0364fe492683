// The numbers that stand along an axis. Pure functions; any thread.
#pragma once

#include <QString>
#include <QVector>

namespace pare {

/// Which ticks of an axis through 0 are named, and how.
enum class TickSigns {
    Signed,
    Mirrored, ///< all, without sign: what hangs below is more of the same
    Above,    ///< from 0 up
    Below,    ///< below 0, without sign
};

/// Doublings with or without those times 1.5, 1-2-5 steps, or powers of ten: the finest with at
/// most `count` ticks. Where even doublings leave fewer than three, evenly spaced numbers.
QVector<double> logarithmicTicks(double low, double high, int count);
/// Evenly spaced numbers at steps of 1, 2 or 5 times a power of ten, at most about `count`.
QVector<double> linearTicks(double low, double high, int count);
/// The shortest decimal that tells `value` from its neighbours: "0.25", "8", "91.5".
QString decimalText(double value);

} // namespace pare

// Numbers to colours.
#pragma once

#include "widgets/theme/theme.h"

namespace pare {

/// The cividis scale (Nuñez, Anderton, Renslow 2018), which reads the same with and without
/// red–green vision; `position` is clamped to 0…1 (dark blue … yellow).
QColor cividis(double position);

/// cividis without the end that would vanish in the ground of `mode`.
QColor scaleColour(double position, ThemeMode mode);

/// A colour in Oklab (Ottosson 2020), in which equal distances look about equal.
struct Oklab
{
    double lightness = 0; ///< 0 … 1
    double a = 0;
    double b = 0;
};
Oklab oklabOf(const QColor &colour);

/// Between two ends of equal weight, blue (−1) and orange (1), through the grey of lines, which is
/// quiet on every ground of `mode` and still seen, in steps that look even: for what can be
/// negative, and for differences. `position` is clamped.
QColor divergingColour(double position, ThemeMode mode);

} // namespace pare

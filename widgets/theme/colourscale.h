// Numbers to colours.
#pragma once

#include "widgets/theme/theme.h"

namespace pare {

/// The cividis scale (Nuñez, Anderton, Renslow 2018), which reads the same with and without
/// red–green vision; `position` is clamped to 0…1 (dark blue … yellow).
QColor cividis(double position);

/// cividis without the end that would vanish in the ground of `mode`.
QColor scaleColour(double position, ThemeMode mode);

/// Between two ends of equal weight, blue (−1) and orange (1), through the quiet ground of `mode`:
/// for what can be negative, and for differences. `position` is clamped.
QColor divergingColour(double position, ThemeMode mode);

} // namespace pare

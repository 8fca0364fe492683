#include "widgets/theme/colourscale.h"

#include <algorithm>
#include <cmath>

namespace pare {

namespace {

// Ten equidistant samples; between them the scale is straight to within what an eye can tell.
constexpr std::array<QRgb, 10> samples{0x00204d, 0x00336f, 0x39486b, 0x575c6d, 0x707173,
                                       0x8a8779, 0xa69d75, 0xc4b56c, 0xe4cf5b, 0xffea46};

} // namespace

QColor cividis(double position)
{
    const double place = std::clamp(position, 0.0, 1.0) * (samples.size() - 1);
    const auto before = std::min(static_cast<std::size_t>(place), samples.size() - 2);
    return mixed(QColor(samples[before]), QColor(samples[before + 1]),
                 place - static_cast<double>(before));
}

QColor scaleColour(double position, ThemeMode mode)
{
    const double clamped = std::clamp(position, 0.0, 1.0);
    return cividis(mode == ThemeMode::Dark ? 0.1 + 0.9 * clamped : clamped);
}

QColor divergingColour(double position, ThemeMode mode)
{
    const Theme theme = Theme::of(mode);
    const double clamped = std::clamp(position, -1.0, 1.0);
    return mixed(theme.faint, theme.family(clamped < 0 ? Family::LowRank : Family::Quantization),
                 std::abs(clamped));
}

} // namespace pare

#include "widgets/theme/colourscale.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pare {

namespace {

// Ten equidistant samples; between them the scale is straight to within what an eye can tell.
constexpr std::array<QRgb, 10> samples{0x00204d, 0x00336f, 0x39486b, 0x575c6d, 0x707173,
                                       0x8a8779, 0xa69d75, 0xc4b56c, 0xe4cf5b, 0xffea46};

// Blue and orange differ for every kind of colour vision. Ends of one lightness and one chroma are of
// equal weight, and as far from the ground as sRGB lets both of them be.
constexpr double coolHue = 250 * std::numbers::pi / 180;
constexpr double warmHue = 58 * std::numbers::pi / 180;
constexpr double chroma = 0.125;

double toLinear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double fromLinear(double channel)
{
    return channel <= 0.0031308 ? 12.92 * channel : 1.055 * std::pow(channel, 1 / 2.4) - 0.055;
}

Oklab endOf(double hue, ThemeMode mode)
{
    return {mode == ThemeMode::Dark ? 0.76 : 0.60, chroma * std::cos(hue), chroma * std::sin(hue)};
}

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

Oklab oklabOf(const QColor &colour)
{
    const double r = toLinear(colour.redF());
    const double g = toLinear(colour.greenF());
    const double b = toLinear(colour.blueF());
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

QColor colourOf(const Oklab &lab)
{
    const double l = std::pow(lab.lightness + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
    const double m = std::pow(lab.lightness - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
    const double s = std::pow(lab.lightness - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);
    const auto channel = [](double linear) {
        return static_cast<int>(std::lround(255 * fromLinear(std::clamp(linear, 0.0, 1.0))));
    };
    return {channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

QColor divergingColour(double position, ThemeMode mode)
{
    const double clamped = std::clamp(position, -1.0, 1.0);
    const Oklab middle = oklabOf(Theme::of(mode).line);
    const Oklab end = endOf(clamped < 0 ? coolHue : warmHue, mode);
    const double share = std::abs(clamped);
    const auto between = [share](double from, double to) { return from + share * (to - from); };
    return colourOf({between(middle.lightness, end.lightness), between(middle.a, end.a),
                     between(middle.b, end.b)});
}

} // namespace pare

// The colours and spacing of every view, in one place.
//
// A plain value without state of its own: a view derives its theme from its palette and repaints
// when that changes, so that whoever sets the window's palette (system, person or test) decides.
#pragma once

#include "core/model/technique.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <array>

namespace pare {

enum class ThemeMode { Light, Dark };
/// High: black and white, strong lines, for those who see little of the usual.
enum class Contrast { Usual, High };

struct Theme
{
    ThemeMode mode = ThemeMode::Light;
    Contrast contrast = Contrast::Usual;
    QColor background; ///< behind panels: the map's ground
    QColor panel;      ///< docks, cards, fields
    QColor line;       ///< borders and grids; no text
    QColor text;
    QColor secondary;               ///< text of less weight, on background and panel only
    QColor faint;                   ///< quiet fills: what was cut away, hovered rows
    QColor accent;                  ///< what can be pressed, what is selected
    QColor onAccent;                ///< text on a fill of the accent
    std::array<QColor, 6> families; ///< in the order of Family

    const QColor &family(Family family) const { return families[static_cast<std::size_t>(family)]; }
    /// The accent as a quiet fill behind text: a selected row or card.
    QColor selection() const;
    QPalette palette() const;

    static Theme light();
    static Theme dark();
    static Theme highContrast(ThemeMode mode);
    static Theme of(ThemeMode mode, Contrast contrast = Contrast::Usual);
    /// Dark where text is lighter than the window it stands on; of high contrast where they are black and white.
    static Theme of(const QPalette &palette);
};

/// Device-independent pixels, in steps of 4.
namespace spacing {
inline constexpr int tight = 4;
inline constexpr int inside = 8;
inline constexpr int wide = 12;
inline constexpr int around = 16;
inline constexpr int corner = 4;
} // namespace spacing

/// Linear mix in sRGB: `share` of `over`, the rest of `under`.
QColor mixed(const QColor &under, const QColor &over, double share);

/// Contrast ratio of WCAG 2, 1…21; both colours opaque.
double contrastRatio(const QColor &one, const QColor &other);

/// Black or white, whichever reads better on `fill`; the ratio is never below 4.5.
QColor readableOn(const QColor &fill);

/// Type is the system's: these derive from it and never name a family or a size.
QFont smallerFont(const QFont &base); ///< units, captions
QFont heavierFont(const QFont &base); ///< headings
QFont largeFont(const QFont &base);   ///< the meter's numbers: twice the base
/// The same size in pixels, so that a picture looks the same on every device.
QFont pixelFont(const QFont &base);

} // namespace pare

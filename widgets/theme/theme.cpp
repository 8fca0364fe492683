#include "widgets/theme/theme.h"

#include <QFontInfo>
#include <cmath>

namespace pare {

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

QFont scaledFont(const QFont &base, double factor)
{
    QFont font = base;
    if (base.pointSizeF() > 0)
        font.setPointSizeF(base.pointSizeF() * factor);
    else
        font.setPixelSize(qMax(1, qRound(base.pixelSize() * factor)));
    return font;
}

} // namespace

Theme Theme::light()
{
    Theme theme;
    theme.mode = ThemeMode::Light;
    theme.background = QColor(0xf4f5f7);
    theme.panel = QColor(0xffffff);
    theme.line = QColor(0xd9dce1);
    theme.text = QColor(0x1d2127);
    theme.secondary = QColor(0x646c78);
    theme.faint = QColor(0xeef0f3);
    theme.accent = QColor(0x0072b2);
    theme.onAccent = QColor(0xffffff);
    theme.families = {QColor(0xcc79a7), QColor(0xe69f00), QColor(0x0072b2),
                      QColor(0x009e73), QColor(0xd55e00), QColor(0x7e6bc4)};
    return theme;
}

Theme Theme::dark()
{
    Theme theme;
    theme.mode = ThemeMode::Dark;
    theme.background = QColor(0x16181c);
    theme.panel = QColor(0x1f2227);
    theme.line = QColor(0x33383f);
    theme.text = QColor(0xe7eaee);
    theme.secondary = QColor(0xa0a9b4);
    theme.faint = QColor(0x282c32);
    theme.accent = QColor(0x56b4e9);
    theme.onAccent = QColor(0x10151b);
    theme.families = {QColor(0xcc79a7), QColor(0xe69f00), QColor(0x56b4e9),
                      QColor(0x009e73), QColor(0xd55e00), QColor(0x7e6bc4)};
    return theme;
}

Theme Theme::highContrast(ThemeMode mode)
{
    const bool dark = mode == ThemeMode::Dark;
    Theme theme;
    theme.mode = mode;
    theme.contrast = Contrast::High;
    theme.background = theme.panel = dark ? Qt::black : Qt::white;
    theme.line = QColor(dark ? 0xa6a6a6 : 0x595959);
    theme.text = dark ? Qt::white : Qt::black;
    theme.secondary = QColor(dark ? 0xdcdcdc : 0x2a2a2a);
    theme.faint = QColor(dark ? 0x2a2a2a : 0xe6e6e6);
    theme.accent = QColor(dark ? 0x7fd0ff : 0x00457d);
    theme.onAccent = dark ? Qt::black : Qt::white;
    if (dark)
        theme.families = {QColor(0xf2a6d0), QColor(0xffc04d), QColor(0x7fd0ff),
                          QColor(0x3ddba8), QColor(0xff8a3d), QColor(0xb8aaff)};
    else
        theme.families = {QColor(0x8a2c62), QColor(0x7a5200), QColor(0x00457d),
                          QColor(0x005c42), QColor(0x8f3300), QColor(0x4b3a99)};
    return theme;
}

Theme Theme::of(ThemeMode mode, Contrast contrast)
{
    if (contrast == Contrast::High)
        return highContrast(mode);
    return mode == ThemeMode::Dark ? dark() : light();
}

Theme Theme::of(const QPalette &palette)
{
    constexpr double blackOnWhite = 20.9; // which is 21
    const QColor text = palette.color(QPalette::WindowText);
    const QColor window = palette.color(QPalette::Window);
    return of(luminance(text) > luminance(window) ? ThemeMode::Dark : ThemeMode::Light,
              contrastRatio(text, window) >= blackOnWhite ? Contrast::High : Contrast::Usual);
}

QColor Theme::selection() const
{
    return mixed(panel, accent, mode == ThemeMode::Dark ? 0.2 : 0.1);
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, background);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, panel);
    palette.setColor(QPalette::AlternateBase, mixed(panel, faint, 0.5));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, secondary);
    palette.setColor(QPalette::Button, panel);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, onAccent);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, onAccent);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::ToolTipBase, panel);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Light, panel);
    palette.setColor(QPalette::Midlight, faint);
    palette.setColor(QPalette::Mid, line);
    palette.setColor(QPalette::Dark, secondary);
    palette.setColor(QPalette::Shadow, mode == ThemeMode::Dark ? QColor(Qt::black) : line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mixed(panel, secondary, 0.6));
    return palette;
}

QColor mixed(const QColor &under, const QColor &over, double share)
{
    const double rest = 1 - share;
    return QColor::fromRgbF(static_cast<float>(under.redF() * rest + over.redF() * share),
                            static_cast<float>(under.greenF() * rest + over.greenF() * share),
                            static_cast<float>(under.blueF() * rest + over.blueF() * share));
}

double contrastRatio(const QColor &one, const QColor &other)
{
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

QColor readableOn(const QColor &fill)
{
    const QColor white(Qt::white);
    const QColor black(Qt::black);
    return contrastRatio(fill, white) >= contrastRatio(fill, black) ? white : black;
}

QFont smallerFont(const QFont &base)
{
    return scaledFont(base, 0.9);
}

QFont heavierFont(const QFont &base)
{
    QFont font = base;
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont largeFont(const QFont &base)
{
    return heavierFont(scaledFont(base, 2.0));
}

QFont pixelFont(const QFont &base)
{
    QFont font = base;
    font.setPixelSize(qMax(1, QFontInfo(base).pixelSize()));
    return font;
}

} // namespace pare

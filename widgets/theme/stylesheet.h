// How the tokens reach Qt's own widgets: one style sheet, for the whole window.
#pragma once

#include "widgets/theme/theme.h"

#include <QObject>
#include <optional>

class QWidget;

namespace pare {

/// Besides Qt's widgets it knows a few properties: a push button with `primary`, a frame with
/// `card` (and `chosen`) or of `kind` "head" (over a view, with a line below) or "panelhead"
/// (without), a label of `kind` "heading" or "secondary".
QString styleSheet(const Theme &theme);

/// Gives `window` and everything in it the theme's palette and style sheet. Switches on, for the
/// program, that palettes reach widgets through a style sheet; without that our own views would
/// keep the system's.
void applyTheme(QWidget &window, const Theme &theme);

/// Keeps a window in the system's mode, light or dark, or in the one a person chose. Child of the
/// window, lives on the window's thread.
class ThemeFollower : public QObject
{
    Q_OBJECT

public:
    explicit ThemeFollower(QWidget *window);

    /// Nothing: the system's.
    void setChoice(std::optional<ThemeMode> choice);
    std::optional<ThemeMode> choice() const { return m_choice; }
    void setContrast(Contrast contrast);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();

    QWidget *m_window;
    std::optional<ThemeMode> m_choice;
    Contrast m_contrast = Contrast::Usual;
    std::optional<std::pair<ThemeMode, Contrast>> m_applied;
};

} // namespace pare

// The layer map with the panels around it, as docks: where they stand at first, how they come forward,
// and the way from one to the next by keyboard.
//
// Window's thread; owned by the workspace, which makes the views in it.
#pragma once

#include <QMainWindow>
#include <array>
#include <vector>

class QDockWidget;

namespace pare {

/// In the order of the Window menu.
enum class Panel {
    Recipe,
    Inspector,
    Chart,
    Runs,
    Compare,
    Answers,
    Budget,
    RecipeText,
    Training,
    Jobs,
    SecondChart, ///< the same runs by other quantities
};
inline constexpr std::size_t panelCount = 11;

/// Arrangements that come with the program.
enum class ShippedLayout { Explore, Compare, Train };

class DockArea : public QMainWindow
{
    Q_OBJECT

public:
    explicit DockArea(QWidget *parent = nullptr);

    /// Every panel once, before arrange().
    void addDock(Panel panel, QWidget *view, const QString &title);
    QDockWidget *dock(Panel panel) const { return m_docks[static_cast<std::size_t>(panel)]; }
    std::vector<QDockWidget *> docks() const;

    /// Places without sizes, which docks take only once the window has its own.
    void arrange();
    /// Places and sizes as at first. Panels below the map without anything in them are low, so that the map
    /// has the room.
    void reset();
    /// Whether there are runs to show below the map. With the first of them the panels there take the room
    /// that they have otherwise, unless a person gave them another.
    void setFilledBelow(bool filled);
    void apply(ShippedLayout layout);
    /// One of saveState(); false, and nothing changed: it is none.
    bool restoreLayout(const QByteArray &layout);
    void showInFront(Panel panel);
    /// One of those beside the inspector, which is narrower than they like.
    void showWide(Panel panel);
    /// Shown, in front, and with the keyboard.
    void focus(Panel panel);
    /// The keyboard goes to the next of the visible panels and the map, 1, or to the one before, −1.
    void focusNext(int direction);

private:
    void makeRoomBelow(bool shown);
    void giveRoomBack();
    void placeSecondChart(bool shown);
    int heightBelow() const;
    void bringOntoScreens();

    std::array<QDockWidget *, panelCount> m_docks{};
    bool m_madeRoom = false; ///< for the tables below the map
    int m_roomMade = 0;      ///< how much of the map's height that was
    int m_heightMade = 0;    ///< of what is below it since
    bool m_filledBelow = true;
    int m_lowBelow = 0; ///< the height that was given to empty panels; 0: none was
};

} // namespace pare

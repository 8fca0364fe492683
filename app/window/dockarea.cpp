#include "app/window/dockarea.h"

#include "app/window/docktitle.h"
#include "app/window/layouts.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QScreen>
#include <algorithm>
#include <cstdlib>

namespace pare {

namespace {

constexpr std::array<const char *, panelCount> names{
    "recipeDock", "inspectorDock",  "chartDock",    "runsDock", "compareDock",    "answersDock",
    "budgetDock", "recipeTextDock", "trainingDock", "jobsDock", "secondChartDock"};

/// Whether its view has a head of its own.
bool hasHead(Panel panel)
{
    return panel == Panel::Chart || panel == Panel::Runs || panel == Panel::Compare ||
           panel == Panel::Answers;
}

/// The first in `view` that takes the keyboard; `view` itself where there is none.
QWidget *firstField(QWidget *view)
{
    const auto takes = [](const QWidget *widget) {
        return widget->isVisible() && widget->isEnabled() &&
               (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
    };
    if (view->focusProxy() && takes(view->focusProxy()))
        return view->focusProxy();
    const QList<QWidget *> inside = view->findChildren<QWidget *>();
    const auto found = std::ranges::find_if(inside, takes);
    return found == inside.end() ? view : *found;
}

} // namespace

DockArea::DockArea(QWidget *parent)
    : QMainWindow(parent)
{
    setWindowFlags(Qt::Widget);
    setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void DockArea::addDock(Panel panel, QWidget *view, const QString &title)
{
    auto *dock = new QDockWidget(title);
    dock->setObjectName(QLatin1String(names[static_cast<std::size_t>(panel)]));
    dock->setWidget(view);
    dock->setTitleBarWidget(hasHead(panel) ? new QWidget : new DockTitle(title));
    addDockWidget(Qt::LeftDockWidgetArea, dock);
    m_docks[static_cast<std::size_t>(panel)] = dock;
    if (panel == Panel::SecondChart)
        connect(dock->toggleViewAction(), &QAction::triggered, this, &DockArea::placeSecondChart);
    if (panel != Panel::Compare && panel != Panel::Answers)
        return;
    connect(dock->toggleViewAction(), &QAction::triggered, dock, [dock](bool shown) {
        if (shown)
            dock->raise(); // not behind the chart
    });
    connect(dock, &QDockWidget::visibilityChanged, this, &DockArea::makeRoomBelow);
}

std::vector<QDockWidget *> DockArea::docks() const
{
    return {m_docks.begin(), m_docks.end()};
}

/// Where text runs from the right, panels do, too: Qt mirrors what is in them, and not the docks.
void DockArea::arrange()
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto begin = mirrored ? Qt::RightDockWidgetArea : Qt::LeftDockWidgetArea;
    const auto end = mirrored ? Qt::LeftDockWidgetArea : Qt::RightDockWidgetArea;
    for (QDockWidget *dock : m_docks) {
        removeDockWidget(dock);
        dock->setFloating(false);
    }
    addDockWidget(begin, dock(Panel::Recipe));
    addDockWidget(end, dock(Panel::Inspector));
    for (const Panel panel : {Panel::Runs, Panel::Chart})
        addDockWidget(Qt::BottomDockWidgetArea, dock(panel));
    const Panel first = mirrored ? Panel::Runs : Panel::Chart;
    splitDockWidget(dock(first), dock(mirrored ? Panel::Chart : Panel::Runs), Qt::Horizontal);
    for (const Panel panel : {Panel::Recipe, Panel::Inspector, Panel::Chart, Panel::Runs})
        dock(panel)->show();
    // What is asked for now and then stands behind the others.
    addDockWidget(begin, dock(Panel::RecipeText));
    tabifyDockWidget(dock(Panel::Recipe), dock(Panel::RecipeText));
    for (const Panel panel : {Panel::Budget, Panel::Training}) {
        addDockWidget(end, dock(panel));
        tabifyDockWidget(dock(Panel::Inspector), dock(panel));
    }
    for (const Panel panel : {Panel::Answers, Panel::Compare, Panel::Jobs, Panel::SecondChart}) {
        addDockWidget(Qt::BottomDockWidgetArea, dock(panel));
        tabifyDockWidget(dock(Panel::Chart), dock(panel));
    }
    for (const Panel panel : {Panel::Answers, Panel::Compare, Panel::Jobs, Panel::SecondChart,
                              Panel::Training, Panel::Budget, Panel::RecipeText})
        dock(panel)->hide();
    for (const Panel panel : {Panel::Chart, Panel::Inspector, Panel::Recipe})
        dock(panel)->raise();
}

void DockArea::reset()
{
    arrange();
    const int left = qBound(288, width() / 5, 420);
    const int right = qBound(300, width() / 4, 460);
    resizeDocks({dock(Panel::Recipe), dock(Panel::Inspector)}, {left, right}, Qt::Horizontal);
    const QList<QDockWidget *> below{dock(Panel::Chart), dock(Panel::Runs)};
    resizeDocks(below, {360, 410}, Qt::Horizontal);
    const int high = heightBelow();
    resizeDocks(below, {high, high}, Qt::Vertical);
    m_lowBelow = m_filledBelow ? 0 : high;
    m_roomMade = 0;
}

/// Of the area: more with runs, what a sentence and a button need without.
int DockArea::heightBelow() const
{
    const int most = qMax(200, height() * 3 / 8);
    return m_filledBelow ? most : qMin(most, qMax(fontMetrics().height() * 11, height() / 4));
}

void DockArea::setFilledBelow(bool filled)
{
    if (filled == m_filledBelow)
        return;
    m_filledBelow = filled;
    QDockWidget *runs = dock(Panel::Runs);
    const bool untouched = m_lowBelow > 0 && std::abs(runs->height() - m_lowBelow) <= 2;
    if (filled && untouched && isVisible())
        resizeDocks({runs}, {heightBelow()}, Qt::Vertical);
    if (filled)
        m_lowBelow = 0;
}

void DockArea::apply(ShippedLayout layout)
{
    reset();
    switch (layout) {
    case ShippedLayout::Explore:
        return;
    case ShippedLayout::Compare:
        dock(Panel::Inspector)->hide();
        dock(Panel::Answers)->show();
        showInFront(Panel::Compare);
        m_madeRoom = true; // as much as is given here
        resizeDocks({dock(Panel::Runs)}, {height() / 2}, Qt::Vertical);
        return;
    case ShippedLayout::Train:
        dock(Panel::Jobs)->show();
        dock(Panel::Chart)->raise();
        showWide(Panel::Training);
        return;
    }
}

bool DockArea::restoreLayout(const QByteArray &layout)
{
    if (!restoreState(layout))
        return false;
    m_roomMade = 0;
    bringOntoScreens();
    return true;
}

/// A screen may be gone since a dock was left on it.
void DockArea::bringOntoScreens()
{
    QList<QRect> screens;
    for (const QScreen *screen : QGuiApplication::screens())
        screens << screen->availableGeometry();
    for (QDockWidget *dock : m_docks) {
        if (!dock->isFloating())
            continue;
        const QRect place = broughtOnto(dock->geometry(), screens);
        if (place != dock->geometry())
            dock->setGeometry(place);
    }
}

void DockArea::showInFront(Panel panel)
{
    const bool hidden = dock(panel)->isHidden();
    dock(panel)->show();
    if (panel == Panel::SecondChart && hidden)
        placeSecondChart(true);
    dock(panel)->raise();
}

void DockArea::showWide(Panel panel)
{
    if (!dock(panel)->isVisible() && !dock(panel)->isFloating()) {
        const QWidget *runs = dock(Panel::Runs)->widget();
        const int below = dock(Panel::Chart)->widget()->minimumSizeHint().width() +
                          qMax(runs->minimumSizeHint().width(), runs->minimumWidth());
        const int middle = qMax(below, centralWidget()->minimumSizeHint().width());
        const int room = width() - dock(Panel::Recipe)->width() - middle - spacing::around;
        const int wanted = qBound(340, width() / 3, 480);
        resizeDocks({dock(Panel::Inspector)},
                    {qMin(wanted, qMax(room, dock(Panel::Inspector)->width()))}, Qt::Horizontal);
    }
    showInFront(panel);
}

void DockArea::focus(Panel panel)
{
    showInFront(panel);
    firstField(dock(panel)->widget())->setFocus(Qt::ShortcutFocusReason);
}

void DockArea::focusNext(int direction)
{
    std::vector<QWidget *> stops{centralWidget()};
    for (const QDockWidget *dock : m_docks) {
        // A dock behind another is not visible, though it is not hidden.
        if (!dock->visibleRegion().isEmpty())
            stops.push_back(dock->widget());
    }
    const QWidget *focused = QApplication::focusWidget();
    const auto here = std::ranges::find_if(stops, [focused](const QWidget *stop) {
        return stop == focused || stop->isAncestorOf(focused);
    });
    const auto count = static_cast<std::ptrdiff_t>(stops.size());
    const std::ptrdiff_t next =
        here == stops.end() ? 0 : (here - stops.begin() + direction + count) % count;
    firstField(stops[static_cast<std::size_t>(next)])->setFocus(Qt::ShortcutFocusReason);
}

/// Two charts are there to be seen at once, where the area is wide enough.
void DockArea::placeSecondChart(bool shown)
{
    QDockWidget *first = dock(Panel::Chart);
    QDockWidget *second = dock(Panel::SecondChart);
    if (!shown || !tabifiedDockWidgets(second).contains(first))
        return;
    const int room = width() - dock(Panel::Recipe)->width() - dock(Panel::Inspector)->width();
    const int least = first->minimumSizeHint().width() + second->minimumSizeHint().width() +
                      dock(Panel::Runs)->minimumSizeHint().width();
    if (room >= least) { // a dock among tabs cannot be split: in two steps, between it and the runs
        splitDockWidget(dock(Panel::Runs), second, Qt::Horizontal);
        splitDockWidget(second, dock(Panel::Runs), Qt::Horizontal);
    }
    second->raise();
}

/// Tables of answers and layers want more of it than the chart, as long as one of them is open; a height
/// that a person gave stays.
void DockArea::makeRoomBelow(bool shown)
{
    if (!shown) // it is still among the others while it is being closed
        QMetaObject::invokeMethod(this, &DockArea::giveRoomBack, Qt::QueuedConnection);
    const int wanted = height() * 9 / 20;
    if (!shown || m_madeRoom || !isVisible() || dock(Panel::Runs)->height() >= wanted)
        return;
    m_madeRoom = true;
    m_roomMade = wanted - dock(Panel::Runs)->height();
    m_heightMade = wanted;
    resizeDocks({dock(Panel::Runs)}, {wanted}, Qt::Vertical);
}

void DockArea::giveRoomBack()
{
    const int now = dock(Panel::Runs)->height();
    const bool needed = !dock(Panel::Compare)->isHidden() || !dock(Panel::Answers)->isHidden();
    if (needed || m_roomMade == 0 || !isVisible() || std::abs(now - m_heightMade) > 2)
        return;
    resizeDocks({dock(Panel::Runs)}, {now - m_roomMade}, Qt::Vertical);
    m_roomMade = 0;
    m_madeRoom = false;
}

} // namespace pare

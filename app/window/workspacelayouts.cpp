// Arrangements of the docks: those that come with the program, and those a person kept.
#include "app/window/layouts.h"
#include "app/window/workspace.h"
#include "widgets/panels/runspanel.h"

#include <QDockWidget>
#include <QGuiApplication>
#include <QMainWindow>
#include <QScreen>

namespace pare {

void Workspace::applyLayout(ShippedLayout layout)
{
    resetLayout();
    switch (layout) {
    case ShippedLayout::Explore:
        return;
    case ShippedLayout::Compare:
        m_inspectorDock->hide();
        m_answersDock->show();
        m_compareDock->show();
        m_compareDock->raise();
        m_madeRoom = true; // as much as is given here
        m_area->resizeDocks({m_runsDock}, {m_area->height() / 2}, Qt::Vertical);
        return;
    case ShippedLayout::Train:
        m_jobsDock->show();
        m_chartDock->raise();
        showTraining();
        return;
    }
}

bool Workspace::restoreLayout(const QByteArray &layout)
{
    if (!m_area->restoreState(layout))
        return false;
    bringOntoScreens();
    return true;
}

/// A screen may be gone since a dock was left on it.
void Workspace::bringOntoScreens()
{
    QList<QRect> screens;
    for (const QScreen *screen : QGuiApplication::screens())
        screens << screen->availableGeometry();
    for (QDockWidget *dock : docks()) {
        if (!dock->isFloating())
            continue;
        const QRect place = broughtOnto(dock->geometry(), screens);
        if (place != dock->geometry())
            dock->setGeometry(place);
    }
}

} // namespace pare

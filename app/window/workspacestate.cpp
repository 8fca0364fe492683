// What a person arranged and typed in the views of a project, for views that take their place.
#include "app/window/dockarea.h"
#include "app/window/workspace.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/answerspanel.h"
#include "widgets/panels/comparepanel.h"
#include "widgets/panels/runspanel.h"

#include <QHeaderView>
#include <QTableView>

namespace pare {

QByteArray Workspace::layoutState() const
{
    return m_area->saveState();
}

WorkspaceState Workspace::state() const
{
    const LayerMap *map = m_map->map();
    WorkspaceState state;
    if (m_arranged)
        state.layout = layoutState();
    state.selection = map->selection();
    state.chosenStep = m_chosenStep;
    state.shownRun = m_shownRun;
    state.colour = map->colour();
    state.widths = map->widths();
    state.zoom = map->zoom();
    state.table = m_map->showsTable();
    state.sortedBy = m_runs->table()->horizontalHeader()->sortIndicatorSection();
    state.order = m_runs->table()->horizontalHeader()->sortIndicatorOrder();
    for (const QWidget *view : viewsWithFields())
        state.typed.merge(typedIn(*view));
    state.tab = m_inspector->tab();
    state.runs = m_runDocks->state();
    state.proposal = m_proposal;
    state.strength = m_strength;
    state.teaching = m_teaching;
    state.taught = m_taught;
    state.paused = m_paused;
    return state;
}

void Workspace::setState(const WorkspaceState &state)
{
    m_chosenStep = state.chosenStep;
    m_shownRun = state.shownRun;
    m_proposal = state.proposal;
    m_strength = state.strength;
    m_teaching = state.teaching;
    m_taught = state.taught;
    m_paused = state.paused;
    m_runDocks->setState(state.runs);
    refresh(); // boxes offer what there is to choose
    m_map->setColour(state.colour);
    m_map->setWidths(state.widths);
    for (QWidget *view : viewsWithFields())
        typeInto(*view, state.typed);
    m_map->showTable(state.table);
    m_runs->table()->sortByColumn(state.sortedBy, state.order);
    m_map->map()->setZoom(state.zoom);
    m_map->map()->setSelection(state.selection);
    m_inspector->setTab(state.tab);
    m_layout = state.layout;
    refresh();
}

/// Those whose fields hold what the document does not know.
std::vector<QWidget *> Workspace::viewsWithFields() const
{
    return {m_map,     m_chart,  m_secondChart, m_runs,    m_compare,
            m_answers, m_budget, m_recipeText,  m_training};
}

} // namespace pare

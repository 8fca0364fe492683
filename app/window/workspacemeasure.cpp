// What can be measured beside the recipe as it stands: a setting at several values, the selected
// layers, other data.
#include "app/document/document.h"
#include "app/window/sweepdialog.h"
#include "app/window/workspace.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/jobspanel.h"
#include "widgets/panels/runspanel.h"

#include <algorithm>

namespace pare {

void Workspace::connectMeasuring()
{
    // Nothing else shows a run of other data: the chart and the runs are of those that are chosen.
    connect(&m_document, &Document::measuredElsewhere, this, &Workspace::showRun);
    const auto fill = [this] {
        if (m_meter->data().canMeasure)
            m_document.measure();
        else
            actOnNotice();
    };
    for (const TradeoffPanel *chart : {m_chart, m_secondChart})
        connect(chart, &TradeoffPanel::emptyActionRequested, this, fill);
    connect(m_runs, &RunsPanel::emptyActionRequested, this, fill);
    connect(m_jobs, &JobsPanel::emptyActionRequested, this, fill);
    connect(m_map, &LayerMapPanel::emptyActionRequested, this, &Workspace::actOnNotice);
    connect(m_inspector, &InspectorPanel::fillRequested, this, &Workspace::selectLargest);
}

/// What panels without runs offer: to measure, or what is missing for that; `why` in place of how runs come to be.
void Workspace::offerMeasuring(const QString &action, const QString &why)
{
    m_chart->setEmpty(why, action);
    m_secondChart->setEmpty(why, action);
    m_runs->setEmpty(why, action);
    m_jobs->setEmptyAction(action);
}

void Workspace::selectLargest()
{
    const std::vector<LayerMapCell> &cells = m_map->map()->data().cells;
    const auto largest = std::ranges::max_element(
        cells, {}, [](const LayerMapCell &cell) { return cell.bytesBefore; });
    if (largest == cells.end())
        return;
    const QStringList name(QString::fromStdString(largest->name));
    m_map->map()->setSelection(name);
    Q_EMIT m_map->map()->selectionChanged(name);
}

bool Workspace::canSweep() const
{
    return m_shownRun.isEmpty() && !m_document.isReadOnly() &&
           !sweptSettings(m_document.choices().steps, m_chosenStep).empty();
}

void Workspace::sweepSetting()
{
    std::vector<SweptSetting> settings = sweptSettings(m_document.choices().steps, m_chosenStep);
    if (settings.empty())
        return;
    const std::string edited = m_recipe->editedSetting().toStdString();
    const auto wanted = std::ranges::find_if(settings, [&](const SweptSetting &setting) {
        return setting.index == m_chosenStep && setting.info->name == edited;
    });
    const std::size_t first =
        wanted == settings.end() ? 0 : static_cast<std::size_t>(wanted - settings.begin());
    SweepDialog::Answers answers;
    answers.outlook = [this](std::size_t index, const std::vector<Step> &forms) {
        return m_document.outlook(index, forms);
    };
    answers.command = [this](std::size_t index, const std::vector<Step> &forms) {
        return m_document.sweepCommand(index, forms);
    };
    answers.measure = [this](std::size_t index, const std::vector<Step> &forms) {
        m_document.measureForms(index, forms);
    };
    (new SweepDialog(std::move(settings), first, std::move(answers), this))->open();
}

void Workspace::askSelection()
{
    std::vector<std::string> layers;
    for (const QString &name : m_map->map()->selection())
        layers.push_back(name.toStdString());
    if (layers.empty())
        return;
    m_document.sweepLayers(layers);
    m_map->showMeasure(static_cast<int>(MapMeasure::LostAlone));
}

} // namespace pare

// How far the recipe goes: over all layers by one slider, over the selected ones by the inspector's.
#include "app/document/document.h"
#include "app/window/workspace.h"
#include "core/base/error.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/theme/words.h"

namespace pare {

/// Always of the recipe as it stands, so that a slider that comes back brings it back.
StrengthChange Workspace::stepsOfStrength(double strength) const
{
    return withStrengthOfAll(m_document.choices().steps, strength, m_document.model(),
                             m_document.sensitivities());
}

/// The slider stays where it was put, although bits and ranks are not at every place.
void Workspace::takeStrength(double strength)
{
    const std::vector<ChosenStep> steps = stepsOfStrength(strength).steps;
    m_strengthOfAll = {steps, strength};
    takeSteps(steps);
}

/// Nothing where no step has one, or one names layers that cannot be read, which its card says.
std::optional<StrengthData> Workspace::strengthData() const
{
    const std::vector<ChosenStep> &steps = m_document.plannedSteps();
    if (m_document.modelState() != ModelState::Open)
        return std::nullopt;
    try {
        std::optional<double> strength = strengthOfAll(steps, m_document.model());
        if (strength && steps == m_strengthOfAll.first)
            strength = m_strengthOfAll.second;
        const bool known = !m_document.sensitivities().empty();
        const bool spread = known && stepsOfStrength(0.5).spread;
        return strength ? std::optional(StrengthData{*strength, spread, !known && canAskLayers()})
                        : std::nullopt;
    } catch (const Error &) {
        return std::nullopt;
    }
}

std::vector<StepsHere> Workspace::stepsAtSelection(const std::vector<ChosenStep> &steps) const
{
    std::vector<std::string> layers;
    for (const QString &name : m_map->map()->selection())
        layers.push_back(name.toStdString());
    return stepsHere(steps, layers, m_document.model());
}

void Workspace::connectStepsHere()
{
    // Of the steps as they stand: what a drag passed over is no longer.
    const auto change = [this](std::size_t place, const auto &changed) {
        const std::vector<ChosenStep> &steps = m_document.choices().steps;
        const std::vector<StepsHere> here = stepsAtSelection(steps);
        return place < here.size() ? changed(steps, here[place]) : steps;
    };
    const auto stronger = [this, change](std::size_t place, double strength) {
        return change(place, [&](const auto &steps, const StepsHere &here) {
            return withStrengthHere(steps, here, strength, m_document.model());
        });
    };
    connect(m_inspector, &InspectorPanel::stepStrengthPreviewed, this,
            [this, stronger](std::size_t place, double strength) {
                m_document.previewSteps(stronger(place, strength));
            });
    connect(m_inspector, &InspectorPanel::stepStrengthChosen, this,
            [this, stronger](std::size_t place, double strength) {
                takeSteps(stronger(place, strength));
            });
    connect(m_inspector, &InspectorPanel::stepSwitched, this,
            [this, change](std::size_t place, bool on) {
                takeSteps(change(place, [&](const auto &steps, const StepsHere &here) {
                    return withSwitchHere(steps, here, on ? ActsHere::Yes : ActsHere::No,
                                          m_document.model());
                }));
            });
}

/// After a drag that came back to where it began, what it passed over is forgotten.
void Workspace::takeSteps(const std::vector<ChosenStep> &steps)
{
    if (steps.size() != m_document.choices().steps.size())
        m_chosenStep.reset(); // there are others in its place
    if (steps == m_document.choices().steps)
        m_document.previewSteps(steps);
    else
        m_document.setSteps(steps);
}

/// What the recipe does to the selected layers, and could do.
std::vector<LayerStepData> Workspace::layerSteps() const
{
    std::vector<LayerStepData> rows;
    const std::vector<ChosenStep> &steps = m_document.plannedSteps();
    if (m_document.modelState() != ModelState::Open || steps.empty())
        return rows;
    const auto named = [&steps](std::size_t i) {
        Step step = steps[i].step;
        step.layers.clear(); // they are those that are selected
        return translatedName(step);
    };
    for (const StepsHere &here : stepsAtSelection(steps)) {
        const std::size_t first = here.gentlest.value_or(here.steps.front());
        const std::size_t last = here.hardest.value_or(first);
        QString title = atBeginning(named(first));
        if (named(first) != named(last))
            title = tr("%1 to %2").arg(title, named(last));
        if (!here.acting.empty() && here.acting.size() < here.possible.size())
            title =
                tr("%1, on %2 of %3").arg(title).arg(here.acting.size()).arg(here.possible.size());
        rows.push_back({title, !here.acting.empty(), here.strength});
    }
    return rows;
}

} // namespace pare

// The recipe's cards, and the one selection that they share with the map.
#include "app/document/document.h"
#include "app/window/layerselection.h"
#include "app/window/workspace.h"
#include "core/base/error.h"
#include "widgets/layermap/layermappanel.h"

namespace pare {

void Workspace::connectRecipe()
{
    connect(m_recipe, &RecipePanel::stepChosen, this, &Workspace::chooseStep);
    connect(m_recipe, &RecipePanel::stepEnabled, &m_document, &Document::setStepEnabled);
    connect(m_recipe, &RecipePanel::stepRemoved, this, &Workspace::removeStep);
    connect(m_recipe, &RecipePanel::stepPreviewed, &m_document, &Document::previewStep);
    connect(m_recipe, &RecipePanel::stepEdited, &m_document, &Document::replaceStep);
    connect(m_recipe, &RecipePanel::strengthPreviewed, this,
            [this](double strength) { m_document.previewSteps(stepsOfStrength(strength).steps); });
    connect(m_recipe, &RecipePanel::strengthChosen, this, &Workspace::takeStrength);
    connect(m_recipe, &RecipePanel::sensitivityWanted, this, &Workspace::askLayers);
    connect(m_recipe, &RecipePanel::techniqueAdded, this, &Workspace::addTechnique);
    connect(m_recipe, &RecipePanel::selectionWanted, this, &Workspace::takeSelection);
    connect(m_recipe, &RecipePanel::dataFileRequested, this, &Workspace::dataRequested);
    connect(m_recipe, &RecipePanel::dataChosen, &m_document, &Document::setData);
    connect(m_recipe, &RecipePanel::calibrationExamplesChanged, &m_document,
            &Document::setCalibrationExamples);
    connect(m_recipe, &RecipePanel::restoreRequested, this,
            [this] { m_document.restoreRun(m_shownRun.toStdString()); });
    connect(m_recipe, &RecipePanel::backRequested, this, [this] { showRun({}); });
    connectStepsHere();
}

/// Its layers do not stay selected: the next technique would act on them alone.
void Workspace::removeStep(std::size_t index)
{
    if (m_chosenStep == index) {
        m_chosenStep.reset();
        m_map->map()->setSelection({});
    } else if (m_chosenStep && *m_chosenStep > index) {
        --*m_chosenStep;
    }
    m_document.removeStep(index);
}

void Workspace::chooseStep(std::size_t index)
{
    m_chosenStep = index;
    refresh();
    if (m_shownRun.isEmpty() && index < m_document.choices().steps.size()) {
        // One selection for all: the card's layers are those of the map.
        try {
            QStringList names;
            for (const std::string &name :
                 layersOf(m_document.choices().steps[index].step, m_document.model()))
                names << QString::fromStdString(name);
            m_map->map()->setSelection(names);
            refresh();
        } catch (const Error &) {
            m_map->map()->setSelection({}); // the card says what is wrong with its layers
        }
    }
}

void Workspace::addTechnique(const QString &id)
{
    Step step;
    step.technique = id.toStdString();
    std::vector<std::string> names;
    for (const QString &name : m_map->map()->selection())
        names.push_back(name.toStdString());
    step.layers = selectionText(techniqueInfo(step.technique), names, m_document.model());
    const std::size_t before = m_document.choices().steps.size();
    const std::size_t place = placeOf(step, m_document.choices().steps);
    m_document.addStep(step);
    if (m_document.choices().steps.size() == before)
        return;
    if (!names.empty()) {
        chooseStep(place);
        return;
    }
    m_chosenStep =
        place; // its layers are not selected, or the next technique would act on them alone
    refresh();
}

void Workspace::takeSelection(std::size_t index)
{
    Step step = m_document.choices().steps.at(index).step;
    std::vector<std::string> names;
    for (const QString &name : m_map->map()->selection())
        names.push_back(name.toStdString());
    const std::string text =
        selectionText(techniqueInfo(step.technique), names, m_document.model());
    if (text.empty())
        return;
    step.layers = text;
    m_document.replaceStep(index, step);
}

void Workspace::toggleLayer(const QString &name)
{
    if (!m_shownRun.isEmpty() || !m_chosenStep ||
        *m_chosenStep >= m_document.choices().steps.size())
        return;
    toggleStep(*m_chosenStep, name);
}

void Workspace::toggleStep(std::size_t index, const QString &layer)
{
    const Step &step = m_document.choices().steps.at(index).step;
    m_document.replaceStep(index, withLayerToggled(step, layer.toStdString(), m_document.model()));
}

} // namespace pare

#include "core/checkpoint/checkpoint.h"
#include "core/experiment/planneddescription.h"
#include "core/experiment/weightinputs.h"
#include "core/model/training.h"
#include "core/text/datasource.h"

#include "app/document/documentplan.h"
#include "core/base/error.h"

#include <algorithm>

namespace pare {

namespace {

std::vector<std::string> structureSteps(const RecipePlan &planned, const std::string &layer)
{
    std::vector<std::string> texts;
    if (const auto steps = planned.structure.steps.find(layer);
        steps != planned.structure.steps.end()) {
        for (const int step : steps->second)
            texts.push_back(planned.recipe.steps[static_cast<std::size_t>(step)].text());
    }
    return texts;
}

void describePlan(PlanSummary &summary, const Checkpoint &checkpoint, const RecipePlan &planned)
{
    const PlannedSize size = plannedSize(planned);
    summary.recipe = planned.recipe;
    summary.notes = planned.notes;
    summary.bytes = plannedFileBytes(checkpoint, planned);
    summary.parameters = size.parameters;
    summary.layers.clear();
    std::size_t next = 0; // of the plan's layers, which are those that stay, in the same order
    for (const Layer &layer : checkpoint.description.layers) {
        if (next == planned.layers.size() || planned.layers[next].name != layer.name) {
            summary.layers.push_back({layer.name, {}, 0, structureSteps(planned, layer.name)});
            continue;
        }
        const PlannedLayer &stays = planned.layers[next];
        summary.layers.push_back(
            {layer.name, stays.owner, size.layers[next].bytes, stays.steps, stays.rank});
        ++next;
    }
}

int layersTouched(const PlanSummary &summary, const Step &step)
{
    const std::string text = checked(step).text();
    return static_cast<int>(
        std::ranges::count_if(summary.layers, [&](const PlanSummary::LayerPlan &layer) {
            return std::ranges::find(layer.steps, text) != layer.steps.end();
        }));
}

} // namespace

void complete(Identity &identity, const Checkpoint &checkpoint, const Choices &choices,
              Progress &progress)
{
    if (identity.model.empty())
        identity.model = hashOf(checkpoint, progress);
    if (identity.data.empty() && !choices.dataPath.empty())
        identity.data = openDataset(choices.dataPath).hash();
    if (identity.calibration.empty() && !choices.calibrationPath.empty()) {
        const Dataset dataset = openDataset(choices.calibrationPath);
        identity.calibrationRows = static_cast<std::int64_t>(dataset.size());
        identity.calibration = dataset.hash();
    }
    for (const std::string &text : textsOf(choices.recipe())) {
        if (!identity.texts.contains(text))
            identity.texts[text] = openCorpus(text).hash;
    }
}

const TechniqueInfo *calibratedTechnique(const Recipe &recipe)
{
    for (const Step &step : recipe.steps) {
        const TechniqueInfo *info = findTechnique(step.technique);
        if (info && looksAtData(step))
            return info;
    }
    return recipe.training ? &recoverInfo() : nullptr;
}

PlanSummary planSummary(const Checkpoint &checkpoint, const std::vector<ChosenStep> &steps)
{
    PlanSummary summary;
    summary.steps.resize(steps.size());
    Recipe recipe;
    std::optional<std::int64_t> before;
    try {
        const RecipePlan original = plan({}, checkpoint.description);
        describePlan(summary, checkpoint, original);
        before = summary.bytes;
    } catch (const Error &error) {
        summary.error = error.message();
        return summary;
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!steps[i].enabled)
            continue;
        PlanSummary::StepSaving &saving = summary.steps[i];
        recipe.steps.push_back(steps[i].step);
        try {
            const RecipePlan planned = plan(recipe, checkpoint.description);
            describePlan(summary, checkpoint, planned);
            saving.layers = layersTouched(summary, steps[i].step);
            if (before && summary.bytes)
                saving.bytes = *before - *summary.bytes;
            before = summary.bytes;
        } catch (const Error &error) {
            saving.error = error.message();
            summary.error = error.message();
            recipe.steps.pop_back();
        }
    }
    return summary;
}

} // namespace pare

#include "core/checkpoint/checkpoint.h"
#include "core/compression/compress.h"
#include "core/experiment/planneddescription.h"
#include "core/text/datasource.h"
#include "core/weights/statistics.h"

#include "app/document/documentplan.h"
#include "core/base/error.h"

#include <algorithm>

namespace pare {

namespace {

void describePlan(PlanSummary &summary, const Checkpoint &checkpoint, const RecipePlan &planned)
{
    const PlannedSize size = plannedSize(planned);
    summary.recipe = planned.recipe;
    summary.notes = planned.notes;
    summary.bytes = plannedFileBytes(checkpoint, planned);
    summary.parameters = size.parameters;
    summary.layers.clear();
    for (std::size_t i = 0; i < planned.layers.size(); ++i)
        summary.layers.push_back({planned.layers[i].name, planned.layers[i].owner,
                                  size.layers[i].bytes, planned.layers[i].steps});
    for (const auto &[layer, steps] : planned.structure.steps) {
        if (planned.model.find(layer))
            continue;
        summary.layers.push_back({layer, {}, 0, {}});
        for (const int step : steps)
            summary.layers.back().steps.push_back(
                planned.recipe.steps[static_cast<std::size_t>(step)].text());
    }
}

int layersTouched(const RecipePlan &planned, const Step &step)
{
    const std::string text = checked(step).text();
    const auto inPlace = std::ranges::count_if(planned.layers, [&](const PlannedLayer &layer) {
        return std::ranges::find(layer.steps, text) != layer.steps.end();
    });
    const auto gone = std::ranges::count_if(planned.structure.steps, [&](const auto &layer) {
        return !planned.model.find(layer.first) &&
               std::ranges::any_of(layer.second, [&](int number) {
                   return planned.recipe.steps[static_cast<std::size_t>(number)].text() == text;
               });
    });
    return static_cast<int>(inPlace + gone);
}

LayerLook::Statistics lookedAt(const at::Tensor &values, HistogramRange range)
{
    WeightStatistics statistics = statisticsOf(values, range);
    return {statistics.count,     statistics.mean,
            statistics.deviation, statistics.minimum,
            statistics.maximum,   statistics.kurtosis,
            statistics.zeros,     std::move(statistics.histogram),
            statistics.low,       statistics.high};
}

/// The plan and weights cut down to one layer and the one it shares, so that a look costs no more
/// than they do.
at::Tensor compressedValues(const Checkpoint &checkpoint, const RecipePlan &planned,
                            const PlannedLayer &layer, Progress &progress)
{
    RecipePlan cut = planned;
    ModelWeights weights;
    std::erase_if(cut.layers, [&](const PlannedLayer &other) {
        return other.name != layer.name && other.name != layer.owner;
    });
    for (const PlannedLayer &kept : cut.layers)
        weights.layers[kept.name] = checkpoint.weights.layers.at(kept.name);
    const ModelWeights result = compressed(weights, cut, progress);
    return denseValues(result.resolved(layer.name).weight);
}

} // namespace

void complete(Identity &identity, const Checkpoint &checkpoint, const std::string &data,
              Progress &progress)
{
    if (identity.model.empty())
        identity.model = hashOf(checkpoint, progress);
    if (identity.data.empty() && !data.empty())
        identity.data = openDataset(data).hash();
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
            saving.layers = layersTouched(planned, steps[i].step);
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

LayerLook layerLook(const Checkpoint &checkpoint, const Recipe &recipe, const std::string &name,
                    Progress &progress)
{
    LayerLook look;
    look.name = name;
    const at::Tensor before = denseValues(checkpoint.weights.resolved(name).weight);
    look.before = lookedAt(before, {});
    progress.check();
    const RecipePlan planned = plan(recipe, checkpoint.description);
    const auto layer = std::ranges::find(planned.layers, name, &PlannedLayer::name);
    const bool global =
        layer != planned.layers.end() && layer->mask && layer->mask->scope == MaskScope::Global;
    const bool reshaped = planned.structure.steps.contains(name);
    if (layer == planned.layers.end() || layer->steps.empty() || global || reshaped)
        return look; // what several layers decide together cannot be told from one of them
    const at::Tensor after = compressedValues(checkpoint, planned, *layer, progress);
    look.after = lookedAt(after, {64, look.before.low, look.before.high});
    look.weightError = relativeError(before, after);
    return look;
}

} // namespace pare

#include "core/search/whatif.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/plan.h"
#include "core/compression/plannedsize.h"
#include "core/evaluation/encodeddata.h"
#include "core/experiment/planneddescription.h"
#include "core/experiment/versions.h"
#include "core/search/messages.h"
#include "core/search/recipeparts.h"

#include <algorithm>

namespace pare {

namespace {

KnownResponses knownOf(const Experiment &experiment)
{
    if (auto known = KnownResponses::find(experiment, {}))
        return std::move(*known);
    throw Error(ErrorKind::InvalidSetting, messages::nothingSwept);
}

/// What the plan tells of sizes.
void addPlanned(Run &run, const RecipePlan &planned)
{
    const PlannedSize size = plannedSize(planned);
    run.measured.parameters = size.parameters.value_or(0);
    std::int64_t told = 0;
    for (std::size_t i = 0; i < planned.layers.size(); ++i) {
        LayerRecord &layer = run.layers.emplace_back();
        layer.name = planned.layers[i].name;
        layer.steps = planned.layers[i].steps;
        layer.sharedWith = planned.layers[i].owner;
        layer.bytes = size.layers[i].bytes.value_or(0);
        layer.bytesByPart = size.layers[i].bytesByPart;
        for (const auto &[part, bytes] : layer.bytesByPart) {
            run.measured.bytesByPart[part] += bytes;
            told += bytes;
        }
    }
    // Of layers that stay as the file holds them, the plan knows no parts.
    run.measured.bytesByPart["header"] = run.measured.bytes - told;
}

} // namespace

WhatIf::WhatIf(const Experiment &experiment, std::span<const Run> runs)
    : WhatIf(experiment, knownOf(experiment), runs)
{}

WhatIf::WhatIf(const Experiment &experiment, KnownResponses known, std::span<const Run> runs)
    : m_experiment(experiment)
    , m_known(std::move(known))
{
    for (const Run &run : runs) {
        if (run.modelHash == experiment.modelHash() && run.dataHash == experiment.dataHash())
            responsesOf(run.recipe); // looked up, so that they are in the table
    }
    m_known.lookUpJoints();
    m_measured = measuredRecipes(table(), experiment.checkpoint().description, runs);
    m_predictor.emplace(m_known.table(), m_measured);
}

std::vector<std::size_t> WhatIf::responsesOf(const Recipe &recipe)
{
    std::vector<std::size_t> responses;
    for (const Recipe &part : partsOf(recipe, m_experiment.checkpoint().description))
        responses.push_back(m_known.numberOf(part));
    return responses;
}

std::optional<RunPrediction> WhatIf::beforehand(const Recipe &recipe)
{
    if (recipe.training || recipe.empty())
        return std::nullopt;
    const WhatIfAnswer answer = of(recipe);
    if (!answer.unmeasured.empty())
        return std::nullopt;
    return RunPrediction{answer.prediction.accuracy, answer.prediction.milliseconds};
}

std::optional<RunPrediction> predictedBeforehand(const Experiment &experiment,
                                                 std::span<const Run> runs, const Recipe &recipe)
{
    auto known = KnownResponses::find(experiment, {});
    if (!known)
        return std::nullopt;
    return WhatIf(experiment, std::move(*known), runs).beforehand(recipe);
}

WhatIfAnswer WhatIf::of(const Recipe &recipe)
{
    if (recipe.training)
        throw Error(ErrorKind::InvalidSetting, messages::predictsNoTraining);
    const Checkpoint &checkpoint = m_experiment.checkpoint();
    const RecipePlan planned = plan(recipe, checkpoint.description);
    const std::vector<std::size_t> responses = responsesOf(planned.recipe);
    WhatIfAnswer answer;
    answer.prediction = m_predictor->of(responses);
    for (const std::size_t number : responses) {
        if (table().responses[number].changes.empty())
            answer.unmeasured.push_back(table().responses[number].recipe.text());
    }
    if (!answer.unmeasured.empty()) {
        // Whatever was never asked may do anything.
        for (Predicted *band : {&answer.prediction.accuracy, &answer.prediction.changed})
            *band = {band->value, 0, 1, 0};
    }
    Run &run = answer.run;
    run.id = m_experiment.idOf(planned.recipe);
    run.modelHash = m_experiment.modelHash();
    run.modelPath = m_experiment.modelPath();
    run.dataHash = m_experiment.dataHash();
    run.dataPath = m_experiment.dataPath();
    run.task = "classification";
    run.examples = m_experiment.data().size();
    run.seed = m_experiment.options().seed;
    run.threads = m_experiment.options().threads;
    run.versions = versions();
    run.recipe = planned.recipe;
    run.primaryMetric = "accuracy";
    run.baseline.bytes = checkpoint.description.bytes;
    run.baseline.parameters = checkpoint.description.parameters;
    const double before = table().original.accuracy;
    run.baseline.metrics["accuracy"] = {before, before, before, run.examples};
    run.baseline.latencyMs = {table().milliseconds, table().milliseconds, table().milliseconds};
    Interval accuracy = answer.prediction.accuracy;
    const Interval &changed = answer.prediction.changed;
    accuracy.n = run.examples;
    run.measured.metrics["accuracy"] = accuracy;
    run.labelLoyalty = {1 - changed.value, 1 - changed.high, 1 - changed.low, run.examples};
    const double time = answer.prediction.milliseconds;
    run.measured.latencyMs = {time, time, time};
    run.measured.bytes = table().bytes;
    for (const std::size_t number : responses) {
        if (const Response &response = table().responses[number]; !response.changes.empty())
            run.measured.bytes += response.bytes - table().bytes;
    }
    const auto bytes = plannedFileBytes(checkpoint, planned);
    answer.bytesAreExact = bytes.has_value();
    if (bytes)
        run.measured.bytes = *bytes;
    addPlanned(run, planned);
    for (const std::size_t number : responses) {
        const Response &response = table().responses[number];
        const auto layer = std::ranges::find(run.layers, response.place, &LayerRecord::name);
        if (layer == run.layers.end() || layer->steps.size() > 1)
            continue; // errors do not add up
        layer->weightError = response.weightError;
        layer->outputError = response.outputError;
    }
    for (const Message &note : planned.notes)
        run.notes.push_back(note.text());
    return answer;
}

std::optional<Prediction> WhatIf::inHindsight(const Run &run)
{
    const auto own = std::ranges::find(m_measured, run.id, &MeasuredRecipe::run);
    if (own == m_measured.end())
        return std::nullopt;
    std::vector<MeasuredRecipe> others = m_measured;
    others.erase(others.begin() + (own - m_measured.begin()));
    return Predictor(table(), others).of(own->responses);
}

} // namespace pare

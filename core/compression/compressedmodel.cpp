#include "core/compression/compressedmodel.h"

#include "core/base/error.h"
#include "core/compression/factorize/safe.h"
#include "core/compression/messages.h"
#include "core/compression/share/survivors.h"
#include "core/compression/structure/choice.h"
#include "core/compression/structure/restructure.h"
#include "core/model/architecture.h"

#include <algorithm>
#include <iterator>

namespace pare {

namespace {

/// What is left to do when the structure stands: `model` with weights that nothing else was done
/// to, `plan` under their names.
CompressedModel finished(CompressedModel model, const RecipePlan &plan, Progress &progress,
                         const CompressionContext &context)
{
    if (choosesSurvivors(plan.recipe)) {
        checkInputs(plan.recipe, context);
        const auto score = [&](const ModelWeights &weights) {
            return context.score({model.specification,
                                  compressed(weights, plan, progress, context), model.plan});
        };
        Survivors survivors = bestSurvivors(model.weights, plan, score, progress);
        model.weights = std::move(survivors.weights);
        std::ranges::move(survivors.notes, std::back_inserter(model.plan.notes));
    }
    model.weights = compressed(model.weights, plan, progress, context);
    std::ranges::move(notesOn(model.plan, model.weights,
                              [&](const std::string &layer) { return model.nameOf(layer); }),
                      std::back_inserter(model.plan.notes));
    return model;
}

} // namespace

std::vector<int> CompressedModel::tokens() const
{
    return plan.structure.structure.tokens.value_or(std::vector<int>());
}

std::string CompressedModel::nameOf(const std::string &layer) const
{
    if (!plan.model.find(layer))
        return {};
    return nameAnew(plan.structure.structure, layer);
}

void checkInputs(const Recipe &recipe, const CompressionContext &context)
{
    for (const Step &step : recipe.steps) {
        if (looksAtData(step) && (!context.calibration || context.calibration->empty()))
            throw Error(ErrorKind::InvalidSetting, messages::calibrationMissing, step.technique);
    }
    for (const Step &step : recipe.steps) {
        if (needOf(step) == Need::Training && !recipe.training)
            throw Error(ErrorKind::InvalidSetting, messages::trainingMissing, step.technique);
    }
    if (choosesSurvivors(recipe) && !context.score)
        throw Error(ErrorKind::InvalidSetting, messages::devMissing);
}

CompressedModel compressedModel(const OpenedModel &model, const RecipePlan &plan,
                                Progress &progress, const CompressionContext &context)
{
    if (!plan.structure.changesModel())
        return finished({withTokenAttention(model.specification, plan), model.weights, plan}, plan,
                        progress, context);
    const StructureChoice choice(model, context, progress);
    const StructureScores scores = choice.scores();
    const StructurePlan chosen = plannedStructure(plan.recipe, model.description, &scores);
    CompressedModel result;
    result.plan = pare::plan(plan.recipe, model.description, chosen);
    result.plan.notes = plan.notes;
    const NetworkSpecification left = withStructure(model.specification, chosen.structure);
    result.specification = withTokenAttention(left, result.plan);
    result.weights = withStructure(model.weights, model.description, chosen.structure);
    const RecipePlan anew = numberedAnew(result.plan, describe(result.specification));
    CompressionContext inside = context;
    inside.specification = &left; // an attention among token rows begins without effect
    CalibrationData calibration;
    if (chosen.structure.tokens && context.calibration && context.retokenised) {
        calibration = context.retokenised(*chosen.structure.tokens);
        inside.calibration = &calibration;
    }
    return finished(std::move(result), anew, progress, inside);
}

} // namespace pare

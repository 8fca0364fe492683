#include "core/compression/compressedmodel.h"

#include "core/compression/factorize/safe.h"
#include "core/compression/structure/choice.h"
#include "core/compression/structure/restructure.h"
#include "core/model/architecture.h"

namespace pare {

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

CompressedModel compressedModel(const OpenedModel &model, const RecipePlan &plan,
                                Progress &progress, const CompressionContext &context)
{
    if (!plan.structure.changesModel())
        return {withTokenAttention(model.specification, plan),
                compressed(model.weights, plan, progress, context), plan};
    const StructureChoice choice(model, context, progress);
    const StructureScores scores = choice.scores();
    const StructurePlan chosen = plannedStructure(plan.recipe, model.description, &scores);
    CompressedModel result;
    result.plan = pare::plan(plan.recipe, model.description, chosen);
    result.plan.notes = plan.notes;
    const NetworkSpecification left = withStructure(model.specification, chosen.structure);
    result.specification = withTokenAttention(left, result.plan);
    const ModelWeights smaller =
        withStructure(model.weights, model.description, chosen.structure);
    const RecipePlan anew = numberedAnew(result.plan, describe(result.specification));
    CompressionContext inside = context;
    inside.specification = &left; // an attention among token rows begins without effect
    CalibrationData calibration;
    if (chosen.structure.tokens && context.calibration && context.retokenised) {
        calibration = context.retokenised(*chosen.structure.tokens);
        inside.calibration = &calibration;
    }
    result.weights = compressed(smaller, anew, progress, inside);
    return result;
}

} // namespace pare

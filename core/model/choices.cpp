#include "core/model/choices.h"

#include "core/model/training.h"

#include <utility>

namespace pare {

Recipe Choices::recipe() const
{
    Recipe recipe;
    for (const ChosenStep &chosen : steps) {
        if (!chosen.enabled)
            continue;
        if (chosen.step.technique == recoverInfo().id)
            recipe.training = chosen.step;
        else
            recipe.steps.push_back(chosen.step);
    }
    return recipe;
}

std::size_t placeOf(const Step &step, const std::vector<ChosenStep> &steps)
{
    const auto order = [](const Step &one) {
        const TechniqueInfo *info = findTechnique(one.technique);
        const bool last = !info || info == &recoverInfo(); // training, or of a newer Pare
        return std::pair(last, last ? LayerPart::Codec : info->part);
    };
    std::size_t place = steps.size();
    while (place > 0 && order(steps[place - 1].step) > order(step))
        --place;
    return place;
}

std::vector<ChosenStep> chosenSteps(const Recipe &recipe)
{
    std::vector<ChosenStep> steps;
    for (const Step &step : recipe.allSteps())
        steps.push_back({step, true});
    return steps;
}

} // namespace pare

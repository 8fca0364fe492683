#include "core/model/choices.h"

#include "core/model/training.h"

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

std::vector<ChosenStep> chosenSteps(const Recipe &recipe)
{
    std::vector<ChosenStep> steps;
    for (const Step &step : recipe.allSteps())
        steps.push_back({step, true});
    return steps;
}

} // namespace pare

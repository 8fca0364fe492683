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

} // namespace pare

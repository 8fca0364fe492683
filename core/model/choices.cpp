#include "core/model/choices.h"

namespace pare {

Recipe Choices::recipe() const
{
    Recipe recipe;
    for (const ChosenStep &chosen : steps) {
        if (chosen.enabled)
            recipe.steps.push_back(chosen.step);
    }
    return recipe;
}

} // namespace pare

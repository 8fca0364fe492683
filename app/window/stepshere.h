// What the steps of a recipe do to some of its layers, and the recipe that does otherwise there: switches and
// strengths layer by layer. Plain values; any thread.
#pragma once

#include "core/model/choices.h"
#include "core/model/layer.h"

#include <optional>
#include <string>
#include <vector>

namespace pare {

/// Steps that differ in nothing but strength and layers, seen from some layers.
struct StepsHere
{
    std::vector<std::size_t> steps; ///< of the recipe, in its order
    /// Of the layers, those in roles that these steps act on somewhere, or else all they could; of structure, which
    /// changes blocks, with all that it changes beside them.
    std::vector<std::string> possible;
    std::vector<std::string> acting; ///< of these, those they act on
    std::optional<double> strength; ///< on the mean of `acting`; nothing: it cannot differ by layer
    /// The gentlest and the hardest step that act there; the same where all layers have one.
    std::optional<std::size_t> gentlest, hardest;
};

/// Those that can act on one of these layers at all. Steps whose layers cannot be read are left out.
std::vector<StepsHere> stepsHere(const std::vector<ChosenStep> &steps,
                                 const std::vector<std::string> &layers,
                                 const ModelDescription &model);

/// What acts there as strong as that, the rest as it is. `here` is of these steps.
std::vector<ChosenStep> withStrengthHere(const std::vector<ChosenStep> &steps,
                                         const StepsHere &here, double strength,
                                         const ModelDescription &model);

enum class ActsHere { Yes, No };
/// On all of `possible` or on none of it. A step that is left without layers is switched off, and comes back as
/// strong as it was; other layers join the step that has most.
std::vector<ChosenStep> withSwitchHere(const std::vector<ChosenStep> &steps, const StepsHere &here,
                                       ActsHere wanted, const ModelDescription &model);

} // namespace pare

// How far a recipe goes, as one number from its gentlest form to its hardest, and the recipe of another such
// number: each step through the one setting that makes it gentle or hard (bits, sparsity, what is kept, values
// of a codebook). Plain values; any thread.
#pragma once

#include "app/document/documentvalues.h"
#include "core/model/choices.h"

#include <optional>
#include <vector>

namespace pare {

/// 0: the gentlest value of that setting, 1: the hardest. Nothing where a checked step has none, or says it
/// otherwise (a rank, a pattern, a count).
std::optional<double> strengthOf(const Step &step);
/// The checked step at the value nearest to `strength`; unchanged where strengthOf() says nothing.
Step withStrength(Step step, double strength);

/// Whether these checked steps are one but for strength and layers, so that what one does to a layer can be
/// given to the other. Of steps whose layers depend on each other never, not even with themselves.
bool differInStrengthAlone(const Step &one, const Step &other);

/// Of the steps that are on, on the mean of the bytes they act on; nothing: none of them has a strength.
std::optional<double> strengthOfAll(const std::vector<ChosenStep> &steps,
                                    const ModelDescription &model);

struct StrengthChange
{
    std::vector<ChosenStep> steps;
    bool spread = false; ///< layers got different strengths, by what they lose alone
};

/// All steps that are on at that strength. Where it was measured what a step's layers lose alone, those that
/// change few answers for their bytes go further and the others less far, in three parts of equal bytes: the
/// mean stays. Steps that differ in nothing but strength and layers are one step first.
StrengthChange withStrengthOfAll(const std::vector<ChosenStep> &steps, double strength,
                                 const ModelDescription &model,
                                 const std::vector<LayerSensitivity> &sensitivities);

} // namespace pare

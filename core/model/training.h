// How a compressed model is trained: the one constant table of ways, in the form of techniques, so
// that command line, recipes and the window check and show their settings alike.
#pragma once

#include "core/model/recipe.h"

namespace pare {

/// "recover": training as part of a recipe, with what was done to the model held.
const TechniqueInfo &recoverInfo();

/// Ways for a student to learn from a teacher: kd, distilbert, pkd, tinybert, mobilebert, minilm,
/// minilm2, theseus.
std::span<const TechniqueInfo> distillationTable();

/// Throws InvalidSetting, listing what there is.
const TechniqueInfo &distillationInfo(std::string_view id);

/// Reads 'key=value …', with or without "recover" before it; throws InvalidSetting. Not checked.
Step parsedRecovery(std::string_view text);

/// With all defaults filled in, but for those of the method that teaches: of its settings, which may
/// stand beside "method", only what was given. Throws InvalidSetting.
Step checkedRecovery(const Step &step);

/// The way of a "recover" whose method is not "task", with its settings and their defaults. Throws
/// InvalidSetting.
Step teachingStep(const Step &training);

/// Reads 'M key=value …' and fills defaults in. Throws InvalidSetting.
Step parsedMethod(std::string_view text);

} // namespace pare

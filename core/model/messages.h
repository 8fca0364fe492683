// What core/model says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto selectionEmpty = translatable("selection \"%1\": expected a layer name, a pattern or KEY=VALUE between \"and\"s");
inline constexpr auto selectionKey = translatable("selection \"%1\": expected role, block or stack before \"=\", found \"%2\"");
inline constexpr auto selectionRole = translatable("selection \"%1\": there is no role \"%2\"");
inline constexpr auto selectionBlock = translatable("selection \"%1\": expected a block such as 3 or 2-5, found \"%2\"");

inline constexpr auto stepEmpty = translatable("step \"%1\": expected TECHNIQUE key=value … [@ SELECTION]");
inline constexpr auto stepSetting = translatable("step \"%1\": expected key=value, found \"%2\"");
inline constexpr auto stepSettingTwice = translatable("step \"%1\": the setting %2 stands twice");
inline constexpr auto techniqueUnknown = translatable("there is no technique \"%1\"; expected one of: %2");
inline constexpr auto settingUnknown = translatable("%1: there is no setting \"%2\"; expected one of: %3");
inline constexpr auto settingInteger = translatable("%1: %2 expects a whole number from %3 to %4, found \"%5\"");
inline constexpr auto settingReal = translatable("%1: %2 expects a number from %3 to %4, found \"%5\"");
inline constexpr auto settingChoice = translatable("%1: %2 expects one of %3, found \"%4\"");
inline constexpr auto settingPattern = translatable("%1: %2 expects N:M with 0 < N < M <= 32, found \"%3\"");
inline constexpr auto settingsExclude = translatable("%1: %2 and %3 exclude each other");
inline constexpr auto settingNeeds = translatable("%1: %2 only goes with %3");

inline constexpr auto recipeJson = translatable("%1: not valid JSON: %2");
inline constexpr auto recipeShape = translatable("%1: %2: expected %3, found %4");
inline constexpr auto recipeKey = translatable("%1: %2: there is no key \"%3\"; expected %4");

inline constexpr auto runJson = translatable("a stored run cannot be read: %1");

inline constexpr auto familyStructure = translatable("Structure");
inline constexpr auto familySharing = translatable("Weight sharing");
inline constexpr auto familyLowRank = translatable("Low rank");
inline constexpr auto familyPruning = translatable("Pruning");
inline constexpr auto familyQuantization = translatable("Quantization");
inline constexpr auto familyTraining = translatable("Training");

} // namespace pare::messages

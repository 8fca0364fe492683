// What core/search says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto sweepCoarse = translatable("Each option once");
inline constexpr auto sweepRefining = translatable("More examples");
inline constexpr auto sweepOriginal = translatable("The original first");

inline constexpr auto nothingSwept = translatable(
    "nothing is known yet of how the layers of this model answer on this data; expected "
    "`pare sweep --per-layer` with the same data, seed and threads before a prediction");
inline constexpr auto predictsNoTraining = translatable(
    "a prediction is made of what single layers answer, which training changes; expected a "
    "recipe without \"recover\"");

inline constexpr auto answersWithoutTexts =
    translatable("texts cannot be shown, nor slices by words: %1");
inline constexpr auto answersDataChanged = translatable("%1 has changed since run %2 was measured");
inline constexpr auto blameModelChanged = translatable("%1: is not the model that run %2 measured");
inline constexpr auto blameTraining =
    translatable("layers are blamed by putting the original ones back, which says little of a "
                 "model that was trained "
                 "since; expected a run that neither \"recover\" nor a teacher changed");
inline constexpr auto blameStructure = translatable(
    "layers are blamed by putting the original ones back, which do not fit where heads, units, "
    "blocks or tokens are gone");
inline constexpr auto leavingOut = translatable("Asking all but %1");
inline constexpr auto blaming = translatable("Putting %1 back");
inline constexpr auto budgetTarget =
    translatable("target \"%1\": expected 'bytes<=2MB', 'accuracy>=90%' or 'latency<=1.2ms'");
inline constexpr auto budgetNothing =
    translatable("no layer is left to choose for: all are locked, or no option could be tried");
inline constexpr auto budgetTooSmall =
    translatable("no choice of these options makes a file of at most %1; the smallest is %2");
inline constexpr auto budgetBelowWeights =
    translatable("no choice of these options makes a file of at most %1: the weights alone would "
                 "take %2");
inline constexpr auto budgetTooFast =
    translatable("no choice of these options answers within %1 ms; the fastest would take %2 ms");
inline constexpr auto budgetTooGood =
    translatable("no recipe is expected to reach an accuracy of %1 %: the original has %2 %");
inline constexpr auto budgetSolving = translatable("Choosing for each budget");

inline constexpr auto knapsackEmptyGroup = translatable("Group %1 has no options to choose from");
inline constexpr auto knapsackValue =
    translatable("Group %1, option %2: the value is %3; expected a finite number");
inline constexpr auto knapsackWeight =
    translatable("Group %1, option %2: the weight is %3; expected 0 or more");
inline constexpr auto knapsackSum =
    translatable("Group %1: the largest values or weights of the groups so far add up to more than "
                 "can be counted");

} // namespace pare::messages

// What core/evaluation says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto dataNoExamples = translatable("%1: holds no examples");
inline constexpr auto dataNoLabels =
    translatable("%1: needs a column \"label\" to be measured against");
inline constexpr auto dataLabelUnknown =
    translatable("%1: row %2: the model does not know the label \"%3\"; expected one of: %4");
inline constexpr auto dataLabelUnknownAt =
    translatable("%1: line %2: the model does not know the label \"%3\"; expected one of: %4");
inline constexpr auto evaluationEncoding = translatable("Reading texts");
inline constexpr auto evaluationMeasuring = translatable("Measuring accuracy");
inline constexpr auto evaluationFigure = translatable("%1 % (%2 … %3) so far");
inline constexpr auto evaluationDone = translatable("%1 % (%2 … %3)");
inline constexpr auto evaluationLabels =
    translatable("%1: the data has %2 labels, the model answers with %3");
inline constexpr auto evaluationNotFinite =
    translatable("%1: row %2: the model's answer is not a finite number");
inline constexpr auto predictionsLabel = translatable(
    "%1: the label \"%2\" holds a tab or a line break, which a tab-separated file cannot");

inline constexpr auto verdictBetter = translatable("better");
inline constexpr auto verdictWorse = translatable("worse");
inline constexpr auto verdictSame =
    translatable("no difference larger than %1 points at %2 examples");
inline constexpr auto verdictOpen = translatable("not yet: about %1 more examples would settle it");

} // namespace pare::messages

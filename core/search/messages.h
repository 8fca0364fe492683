// What core/search says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto sweepCoarse = translatable("Asking every layer");
inline constexpr auto sweepRefining = translatable("Asking again where it is not clear");

inline constexpr auto nothingSwept =
    translatable("nothing is known yet of how the layers of this model answer on this data; expected "
                 "`pare sweep --per-layer` with the same data, seed and threads before a prediction");
inline constexpr auto predictsNoTraining =
    translatable("a prediction is made of what single layers answer, which training changes; expected a "
                 "recipe without \"recover\"");

} // namespace pare::messages

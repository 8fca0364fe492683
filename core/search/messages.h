// What core/search says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto sweepCoarse = translatable("Asking every layer");
inline constexpr auto sweepRefining = translatable("Asking again where it is not clear");

} // namespace pare::messages

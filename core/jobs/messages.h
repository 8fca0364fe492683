// What core/jobs says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto jobOutOfMemory = translatable("there is not enough memory for this");
inline constexpr auto jobUnexpected = translatable("stopped by an unexpected error: %1");
inline constexpr auto jobUnknown =
    translatable("stopped by an unexpected error without a description");

} // namespace pare::messages

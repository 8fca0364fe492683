// What widgets/charts says to people outside its own views.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto chartFormat =
    translatable("%1: expected a name ending in .png, .svg or .pdf");

} // namespace pare::messages

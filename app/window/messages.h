// What the window says to people outside its own views.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto nothingThere = translatable("%1: there is no such file or folder");

} // namespace pare::messages

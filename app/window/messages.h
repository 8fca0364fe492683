// What the window says to people outside its own views.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto nothingThere =
    translatable("%1: neither a command nor a file or folder that is there");
inline constexpr auto nameNotUtf8 = translatable(
    "%1: the window cannot open names that are not valid UTF-8; rename it, or use a command");
inline constexpr auto noDisplay = translatable(
    "there is no display to show a window on; `pare --help` lists what works without one");

inline constexpr auto filterQuantity =
    translatable("layers have no number \"%1\"; expected one of %2");
inline constexpr auto filterUnfinished =
    translatable("\"%1\" wants a number after it, as in \"%1 5\"");
inline constexpr auto filterCondition =
    translatable("\"%1\" is no condition; expected a quantity, a comparison and a number, as in "
                 "\"error > 5 %\"");
inline constexpr auto filterNumber = translatable("\"%1\": expected a number");

} // namespace pare::messages

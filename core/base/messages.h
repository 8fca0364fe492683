// What core/base says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto fileMissing = translatable("%1: no such file or folder");
inline constexpr auto cannotRead = translatable("%1: cannot be read: %2");
inline constexpr auto cannotWrite = translatable("%1: cannot be written: %2");
inline constexpr auto notARegularFile =
    translatable("%1: expected a file, found a folder or device");
inline constexpr auto fileTooLong = translatable("%1: holds %2 bytes, expected at most %3");

inline constexpr auto jsonInvalid = translatable("%1");
inline constexpr auto jsonKeyTwice =
    translatable("the key \"%1\" stands twice in one object; expected once");
inline constexpr auto jsonTooDeep = translatable("nested deeper than %1 levels");
inline constexpr auto folderInUse =
    translatable("%1: another Pare writes into this folder; choose another one, or wait");

} // namespace pare::messages

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
inline constexpr auto jsonValue = translatable("line %1, column %2: expected a value, found %3");
inline constexpr auto jsonKey =
    translatable("line %1, column %2: expected a key in quotes, found %3");
inline constexpr auto jsonColon =
    translatable("line %1, column %2: expected a colon behind the key, found %3");
inline constexpr auto jsonObjectEnd =
    translatable("line %1, column %2: expected a comma or }, found %3");
inline constexpr auto jsonListEnd =
    translatable("line %1, column %2: expected a comma or ], found %3");
inline constexpr auto jsonNothingMore =
    translatable("line %1, column %2: expected nothing more, found %3");
inline constexpr auto jsonString = translatable(
    "line %1, column %2: expected a text that ends with a quote and has known escapes, found %3");
inline constexpr auto jsonDigit = translatable("line %1, column %2: expected a digit, found %3");
inline constexpr auto jsonEnd = translatable("the end of the text");
inline constexpr auto jsonControl = translatable("a control character");
inline constexpr auto jsonLineEnd = translatable("the end of the line");
inline constexpr auto jsonTooDeep = translatable("nested deeper than %1 levels");
inline constexpr auto folderInUse =
    translatable("%1: another Pare writes into this folder; choose another one, or wait");

} // namespace pare::messages

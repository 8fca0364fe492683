// The commands that repeat runs. Free functions; any thread.
#pragma once

#include "core/model/run.h"

#include <string>

namespace pare {

/// As one types it into a shell, several lines joined by backslashes. What a student was made with,
/// the folder to write apart, is in it too.
std::string repeatingCommand(const Run &run);

/// As a POSIX shell reads it as one word: in quotes where it must be.
std::string shellWord(const std::string &text);

} // namespace pare

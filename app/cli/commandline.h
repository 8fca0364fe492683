// `pare COMMAND …`: parses, calls core, and turns every outcome into an exit code.
#pragma once

#include <string_view>

namespace pare {

/// 0 done, 1 failed (one line "pare: …" on standard error), 2 wrong usage, 130 cancelled.
int runCommandLine(int argc, char **argv);

/// Whether `argument` is a command or an option rather than a file to open in the window.
bool belongsToCommandLine(std::string_view argument);

} // namespace pare

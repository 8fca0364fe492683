// `pare COMMAND …`: parses, calls core, and turns every outcome into an exit code.
#pragma once

namespace pare {

/// 0 done, 1 failed (one line "pare: …" on standard error), 2 wrong usage, 130 cancelled.
int runCommandLine(int argc, char **argv);

/// Whether the arguments are more than one file to open in the window.
bool belongsToCommandLine(int argc, const char *const *argv);

} // namespace pare

// `pare COMMAND …`: parses, calls core, and turns every outcome into an exit code.
#pragma once

#include <vector>

namespace pare {

/// 0 done, 1 failed (one line "pare: …" on standard error), 2 wrong usage, 130 cancelled.
int runCommandLine(int argc, char **argv);

/// The arguments without those that are the window's own: "-reverse", "-style Fusion".
std::vector<const char *> withoutWindowOptions(int argc, const char *const *argv);

/// Whether these are more than one file to open in the window.
bool belongsToCommandLine(int argc, const char *const *argv);

} // namespace pare

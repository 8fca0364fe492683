// The rules of the architecture, as HACKING.md states them. Each function returns what breaks them.
#pragma once

#include "tests/architecture/code.h"

#include <string_view>
#include <vector>

namespace pare::architecture {

/// What one core folder may include beside itself: those it links and what these may include.
/// Empty for a folder without a row.
bool hasRow(std::string_view module);
bool mayInclude(std::string_view module, std::string_view other);
/// Whether LibTorch may be included and linked there ("core/text", "widgets").
bool mayUseTorch(std::string_view path);

/// Rows of the table, libraries kept to their folders, heavy headers kept out of headers, every
/// included file there. `files` are all of the tree, or those of a fabricated one.
std::vector<Violation> includeViolations(const std::vector<File> &files);

/// What no line of code may say: calls that print or exit in core, numbers read by the locale, …
std::vector<Violation> textViolations(const std::vector<File> &files);

/// CMake files that link what a row does not allow, and files of another build system.
std::vector<Violation> buildViolations(const std::vector<File> &files);

} // namespace pare::architecture

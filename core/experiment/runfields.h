// What every run says of itself the same way: places and times as text. Free functions; any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pare {

/// Now, UTC, ISO 8601.
std::string timeNow();

/// As a project keeps it, so that a run reads the same fresh and stored: from the root, without
/// detours.
std::string absolutePath(const std::filesystem::path &path);

/// The same of data, which may be installed and have a name instead.
std::string namedPath(const std::string &source);

/// The kernels of layers, each once.
std::vector<std::string> distinctKernels(const std::map<std::string, std::string> &kernels);

} // namespace pare

// What a run was made with.
#pragma once

#include <map>
#include <string>

namespace pare {

/// Of "pare", "libtorch", "format" (of exported files), the "kernels" chosen and the "machine".
std::map<std::string, std::string> versions();

/// The same without "kernels", which may have to be tried first; at once.
std::map<std::string, std::string> builtVersions();

} // namespace pare

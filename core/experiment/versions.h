// What a run was made with.
#pragma once

#include <map>
#include <string>

namespace pare {

/// Of "pare", "libtorch", "format" (of exported files), the "kernels" chosen and the "machine".
std::map<std::string, std::string> versions();

} // namespace pare

// Files within a PDF. A free function; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

/// The content of the streams of a PDF that begin like a JSON object, plain or deflated, wherever
/// they stand: programs that pass a PDF on may number its objects anew, but keep what they hold.
/// Streams that are damaged, or with which the files would take more than `limit` bytes, are passed over.
std::vector<std::string> attachedFiles(std::string_view pdf, std::size_t limit);

} // namespace pare

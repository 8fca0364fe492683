// The engine and streams of oneDNN, and its errors as ours. For the files onednn*.cpp only.
#pragma once

#include <dnnl.hpp>

#include <string>

namespace pare {

/// The processor; one for the whole program.
const dnnl::engine &oneDnnEngine();

/// The calling thread's stream.
dnnl::stream &oneDnnStream();

/// Throws `error` as Error; `what` names what was to be computed ("linear layer [3072, 768]").
[[noreturn]] void throwOneDnnError(const dnnl::error &error, const std::string &what);

} // namespace pare

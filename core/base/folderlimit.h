// How much room a folder of derived data takes. Free functions; any thread, beside other processes.
#pragma once

#include <cstdint>
#include <filesystem>

namespace pare {

/// Removes the least recently used files of a folder until the others take no more than `limit`
/// bytes, after what writing processes left that are no more. Files that go meanwhile, or cannot be removed, are passed over.
void keepNewest(const std::filesystem::path &folder, std::uint64_t limit);

} // namespace pare

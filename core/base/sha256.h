// SHA-256 (FIPS 180-4): what others check a download by. Free functions; any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

namespace pare {

/// 64 hexadecimal digits. `taken` is called now and then, so that the owner of mapped bytes may let go of
/// what was read.
std::string sha256Of(std::span<const std::byte> bytes, const std::function<void()> &taken = {});

} // namespace pare

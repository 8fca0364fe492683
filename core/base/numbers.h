// Numbers in text, independent of the locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pare {

/// The whole of `text` as a number, or nothing (no spaces, no trailing characters, finite only).
std::optional<std::int64_t> parseInteger(std::string_view text);
std::optional<double> parseReal(std::string_view text);

/// The shortest text that reads back as the same number.
std::string formatReal(double value);

/// A number of bytes in the unit in which it is below 1000, and the decimals of three digits.
struct ScaledBytes
{
    double value = 0;
    int decimals = 0;
    const char *unit = ""; ///< "kB", …; empty: bytes
};
ScaledBytes scaledBytes(std::int64_t bytes);

/// "8.21 MB", "118 kB", "512 bytes": powers of ten, three significant digits.
std::string formatBytes(std::int64_t bytes);

/// "42 s", "3 min", "1 h 20 min".
std::string formatDuration(double seconds);

} // namespace pare

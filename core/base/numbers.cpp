#include "core/base/numbers.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace pare {

namespace {

template <class Number>
std::optional<Number> parse(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    return parse<std::int64_t>(text);
}

std::optional<double> parseReal(std::string_view text)
{
    const std::optional<double> value = parse<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string formatReal(double value)
{
    return fmt::format("{}", value);
}

ScaledBytes scaledBytes(std::int64_t bytes)
{
    ScaledBytes scaled{static_cast<double>(bytes)};
    if (bytes < 1000)
        return scaled;
    for (const char *next : {"kB", "MB", "GB", "TB"}) {
        scaled.value /= 1000;
        scaled.unit = next;
        if (scaled.value < 999.5)
            break;
    }
    scaled.decimals = scaled.value < 9.995 ? 2 : scaled.value < 99.95 ? 1 : 0;
    return scaled;
}

std::string formatBytes(std::int64_t bytes)
{
    if (bytes < 1000)
        return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
    const ScaledBytes scaled = scaledBytes(bytes);
    return fmt::format("{:.{}f} {}", scaled.value, scaled.decimals, scaled.unit);
}

std::string formatDuration(double seconds)
{
    const std::int64_t minutes = std::llround(seconds / 60);
    if (seconds < 90)
        return fmt::format("{:.0f} s", seconds);
    if (minutes < 60)
        return fmt::format("{} min", minutes);
    return fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

} // namespace pare

// A sentence for people, not yet put into their language.
//
// Core never glues sentences: it hands out a constant English pattern with its arguments, and
// whoever shows it (command line, window) substitutes, the window after translating the pattern.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits> // not <concepts>: moc 6.4 stumbles over it where it is the first header
#include <vector>

#include <fmt/format.h>

namespace pare {

/// Marks a pattern for extraction by lupdate (context "core"); returns it unchanged.
constexpr const char *translatable(const char *pattern)
{
    return pattern;
}

/// `pattern` with %1 … %9 replaced by `arguments`; a placeholder without an argument stays as it
/// is.
std::string substituted(std::string_view pattern, const std::vector<std::string> &arguments);

struct Message
{
    const char *pattern = "";
    std::vector<std::string> arguments;

    /// In English, as the command line prints it.
    std::string text() const;
    bool empty() const { return pattern[0] == '\0'; }
};

inline std::string messageArgument(std::string value)
{
    return value;
}
inline std::string messageArgument(std::string_view value)
{
    return std::string(value);
}
inline std::string messageArgument(const char *value)
{
    return value;
}
inline std::string messageArgument(const std::filesystem::path &value)
{
    return value.string();
}
template <class Number>
requires std::is_arithmetic_v<Number> std::string messageArgument(Number value)
{
    return fmt::to_string(value);
}

/// message(messages::headerTooLong, path, limit, found)
template <class... Arguments>
Message message(const char *pattern, const Arguments &...arguments)
{
    return {pattern, {messageArgument(arguments)...}};
}

} // namespace pare

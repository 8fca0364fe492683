#include "core/base/jsonproblem.h"

#include "core/base/messages.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace pare {

namespace {

bool isControl(char byte)
{
    return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f';
}

/// The word at the beginning of what is left, or its one character.
std::string foundIn(std::string_view rest)
{
    constexpr std::size_t longest = 20;
    if (rest.empty())
        return message(messages::jsonEnd).text();
    if (rest.front() == '\n' || rest.front() == '\r')
        return message(messages::jsonLineEnd).text();
    if (isControl(rest.front()))
        return message(messages::jsonControl).text();
    const auto endsWord = [](char byte) {
        return isControl(byte) || std::string_view(" ,:[]{}\"").find(byte) != std::string::npos;
    };
    const auto end = std::find_if(rest.begin() + 1, rest.end(), endsWord);
    const auto length = endsWord(rest.front()) ? 1 : end - rest.begin();
    return validUtf8(firstCodePoints(rest.substr(0, static_cast<std::size_t>(length)), longest));
}

/// Letters, not bytes, since the line began.
std::ptrdiff_t columnAt(std::string_view before)
{
    const std::string_view line = before.substr(before.rfind('\n') + 1); // 0 where there is none
    return 1 + std::ranges::count_if(line, [](char byte) {
               return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
           });
}

/// By what the library says that it was reading; the first that is part of it.
const char *patternOf(std::string_view what)
{
    constexpr std::array<std::pair<std::string_view, const char *>, 9> patterns{
        {{"ill-formed UTF-8", nullptr},
         {"; expected end of input", messages::jsonNothingMore},
         {"invalid string", messages::jsonString},
         {"invalid number", messages::jsonDigit},
         {"parsing value", messages::jsonValue},
         {"parsing object key", messages::jsonKey},
         {"parsing object separator", messages::jsonColon},
         {"parsing object", messages::jsonObjectEnd},
         {"parsing array", messages::jsonListEnd}}};
    const auto found = std::ranges::find_if(patterns, [what](const auto &pattern) {
        return what.find(pattern.first) != std::string_view::npos;
    });
    return found == patterns.end() ? nullptr : found->second;
}

} // namespace

std::optional<Message> jsonProblem(std::string_view text, const nlohmann::json::exception &error)
{
    const auto *parsing = dynamic_cast<const nlohmann::json::parse_error *>(&error);
    const char *pattern = parsing ? patternOf(parsing->what()) : nullptr;
    if (!pattern)
        return std::nullopt;
    const std::size_t at = std::min(parsing->byte > 0 ? parsing->byte - 1 : 0, text.size());
    const std::string_view before = text.substr(0, at);
    return message(pattern, 1 + std::ranges::count(before, '\n'), columnAt(before),
                   foundIn(text.substr(at)));
}

} // namespace pare

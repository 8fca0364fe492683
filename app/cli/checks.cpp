#include "app/cli/checks.h"

#include "app/cli/messages.h"
#include "core/base/message.h"
#include "core/base/numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

/// All of `text` as a number.
template <class Number>
bool reads(const std::string &text, Number &number)
{
    const char *end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && rest == end;
}

} // namespace

CLI::Validator aboveZero()
{
    return CLI::Validator(
        [](const std::string &text) {
            double number = 0;
            const bool holds = reads(text, number) && std::isfinite(number) && number > 0;
            return holds ? std::string() : message(messages::numberAboveZero, text).text();
        },
        "NUMBER > 0");
}

CLI::Validator between(double lowest, double highest)
{
    const std::string from = formatReal(lowest), to = formatReal(highest);
    return CLI::Validator(
        [=](const std::string &text) {
            double number = 0;
            const bool holds = reads(text, number) && number >= lowest && number <= highest;
            return holds ? std::string() : message(messages::numberReal, from, to, text).text();
        },
        fmt::format("{} … {}", from, to));
}

CLI::Validator wholeNumber(std::uint64_t lowest, std::uint64_t highest)
{
    return CLI::Validator(
        [=](const std::string &text) {
            std::uint64_t number = 0;
            const bool holds = reads(text, number) && number >= lowest && number <= highest;
            return holds ? std::string()
                         : message(messages::numberWhole, lowest, highest, text).text();
        },
        highest == UINT64_MAX ? "NUMBER" : fmt::format("{} … {}", lowest, highest));
}

CLI::Validator byteSize()
{
    return CLI::Validator(
        [](std::string &text) {
            const std::string given = text;
            try {
                if (!text.starts_with('-') && CLI::AsSizeValue(true)(text).empty())
                    return std::string();
            } catch (const CLI::Error &) { // of a unit it does not know
            }
            return message(messages::numberSize, given).text();
        },
        "");
}

CLI::Validator notEmpty()
{
    return CLI::Validator(
        [](const std::string &text) {
            return text.empty() ? message(messages::valueEmpty).text() : std::string();
        },
        "");
}

CLI::Validator oneOf(std::vector<std::string> words)
{
    const std::string listed = fmt::format("{}", fmt::join(words, ", "));
    return CLI::Validator(
        [words = std::move(words), listed](const std::string &text) {
            return std::ranges::find(words, text) != words.end()
                       ? std::string()
                       : message(messages::wordOneOf, listed, text).text();
        },
        "{" + listed + "}");
}

} // namespace pare

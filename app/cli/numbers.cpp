#include "app/cli/numbers.h"

#include "app/cli/messages.h"
#include "core/base/message.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

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

CLI::Validator share()
{
    return CLI::Validator(
        [](const std::string &text) {
            double number = 0;
            const bool holds = reads(text, number) && number >= 0 && number <= 1;
            return holds ? std::string() : message(messages::numberShare, text).text();
        },
        "0 … 1");
}

CLI::Validator wholeNumber()
{
    return CLI::Validator(
        [](const std::string &text) {
            std::uint64_t number = 0;
            return reads(text, number) ? std::string()
                                       : message(messages::numberWhole, text).text();
        },
        "NUMBER");
}

CLI::Validator byteSize()
{
    return CLI::Validator(
        [](std::string &text) {
            return text.starts_with('-') ? message(messages::sizeNegative, text).text()
                                         : CLI::AsSizeValue(true)(text);
        },
        "");
}

} // namespace pare

#include "core/base/message.h"

#include "core/base/utf8.h"

namespace pare {

std::string substituted(std::string_view pattern, const std::vector<std::string> &arguments)
{
    std::string text;
    text.reserve(pattern.size() + 32);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool placeholder = pattern[i] == '%' && i + 1 < pattern.size() &&
                                 pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
        const std::size_t index = placeholder ? pattern[i + 1] - '1' : 0;
        if (placeholder && index < arguments.size()) {
            text += arguments[index];
            ++i;
        } else {
            text += pattern[i];
        }
    }
    return validUtf8(text);
}

std::string Message::text() const
{
    return substituted(pattern, arguments);
}

} // namespace pare

#include "core/text/lines.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/messages.h"

#include <algorithm>

namespace pare {

void requireUtf8(std::string_view content, const std::filesystem::path &file)
{
    const auto invalid = firstInvalidUtf8(content);
    if (!invalid)
        return;
    const auto line = std::ranges::count(content.substr(0, *invalid), '\n') + 1;
    throw Error(ErrorKind::InvalidFile, messages::notUtf8, file, line,
                static_cast<int>(static_cast<unsigned char>(content[*invalid])));
}

std::string shownText(std::string_view text)
{
    constexpr std::size_t longest = 80;
    std::string shown;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++characters) {
        if (characters == longest)
            return shown + "…";
        const char32_t c = nextCodePoint(text, i);
        const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
        appendUtf8(shown, control ? 0xfffd : c);
    }
    return shown;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(space) + 1 - begin);
}

std::string_view withoutByteOrderMark(std::string_view content)
{
    constexpr std::string_view mark = "\xef\xbb\xbf";
    if (content.starts_with(mark))
        content.remove_prefix(mark.size());
    return content;
}

std::size_t countLines(std::string_view content)
{
    const auto ends = static_cast<std::size_t>(std::ranges::count(content, '\n'));
    return content.empty() || content.back() == '\n' ? ends : ends + 1;
}

std::optional<std::string_view> LineReader::next()
{
    if (m_rest.empty())
        return std::nullopt;
    ++m_number;
    const std::size_t end = m_rest.find('\n');
    std::string_view line = m_rest.substr(0, end);
    m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + 1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

} // namespace pare

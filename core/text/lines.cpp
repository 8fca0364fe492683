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

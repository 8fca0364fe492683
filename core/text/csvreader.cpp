#include "core/text/csvreader.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/lines.h"
#include "core/text/messages.h"

#include <algorithm>

namespace pare {

CsvReader::CsvReader(std::filesystem::path file, std::string_view content)
    : TableReader(std::move(file))
    , m_content(content)
{
    readRow();
    setColumns({m_row.begin(), m_row.end()});
}

std::optional<std::span<const std::string_view>> CsvReader::next()
{
    if (!readRow())
        return std::nullopt;
    return chosenOf(m_row);
}

bool CsvReader::readRow()
{
    if (m_position == m_content.size())
        return false;
    m_line = m_nextLine;
    m_text.clear();
    m_ends.clear();
    while (true) {
        requireRoom(m_ends.size());
        if (m_position < m_content.size() && m_content[m_position] == '"')
            readQuotedField();
        else
            readPlainField();
        m_ends.push_back(m_text.size());
        if (m_position == m_content.size() || skipLineEnd())
            break;
        ++m_position; // the comma
    }
    m_row.clear();
    std::size_t begin = 0;
    for (const std::size_t end : m_ends) {
        m_row.push_back(std::string_view(m_text).substr(begin, end - begin));
        begin = end;
    }
    return true;
}

void CsvReader::readQuotedField()
{
    const std::size_t firstLine = m_nextLine;
    ++m_position;
    while (true) {
        const std::size_t quote = m_content.find('"', m_position);
        if (quote == std::string_view::npos)
            throw Error(ErrorKind::InvalidFile, messages::csvQuoteOpen, m_file, firstLine);
        const std::string_view part = m_content.substr(m_position, quote - m_position);
        m_text += part;
        m_nextLine += static_cast<std::size_t>(std::ranges::count(part, '\n'));
        m_position = quote + 1;
        if (!m_content.substr(m_position).starts_with('"'))
            break;
        m_text += '"';
        ++m_position;
    }
    const std::string_view rest = m_content.substr(m_position);
    if (rest.empty() || rest.starts_with(',') || rest.starts_with('\n') || rest.starts_with("\r\n"))
        return;
    std::size_t end = 0;
    nextCodePoint(rest, end);
    throw Error(ErrorKind::InvalidFile, messages::csvAfterQuote, m_file, m_nextLine,
                shownText(rest.substr(0, end)));
}

void CsvReader::readPlainField()
{
    const std::size_t end = std::min(m_content.find_first_of(",\n", m_position), m_content.size());
    std::string_view field = m_content.substr(m_position, end - m_position);
    const bool endsLine = end == m_content.size() || m_content[end] == '\n';
    if (endsLine && field.ends_with('\r'))
        field.remove_suffix(1);
    if (field.find('"') != std::string_view::npos)
        throw Error(ErrorKind::InvalidFile, messages::csvQuoteInside, m_file, m_nextLine);
    m_text += field;
    m_position = end;
}

bool CsvReader::skipLineEnd()
{
    const std::string_view rest = m_content.substr(m_position);
    const std::size_t length = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
    m_position += length;
    m_nextLine += length > 0;
    return length > 0;
}

} // namespace pare

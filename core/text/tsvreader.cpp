#include "core/text/tsvreader.h"

namespace pare {

TsvReader::TsvReader(std::filesystem::path file, std::string_view content)
    : TableReader(std::move(file))
    , m_lines(content)
{
    readRow();
    setColumns({m_row.begin(), m_row.end()});
}

std::optional<std::span<const std::string_view>> TsvReader::next()
{
    if (!readRow())
        return std::nullopt;
    return chosenOf(m_row);
}

bool TsvReader::readRow()
{
    const std::optional<std::string_view> line = m_lines.next();
    if (!line)
        return false;
    m_line = m_lines.number();
    m_row.clear();
    std::size_t begin = 0;
    std::size_t end = 0;
    do {
        end = line->find('\t', begin);
        requireRoom(m_row.size());
        m_row.push_back(line->substr(begin, end - begin));
        begin = end + 1;
    } while (end != std::string_view::npos);
    return true;
}

} // namespace pare

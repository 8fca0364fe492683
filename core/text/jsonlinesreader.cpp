#include "core/text/jsonlinesreader.h"

#include "core/base/error.h"
#include "core/text/messages.h"

#include <algorithm>

namespace pare {

namespace {

constexpr std::size_t longestLine = 1u << 20;

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

} // namespace

JsonLinesReader::JsonLinesReader(std::filesystem::path file, std::string_view content)
    : TableReader(std::move(file))
    , m_lines(content)
{
    std::vector<std::string> keys;
    if (!readObject())
        throw Error(ErrorKind::InvalidFile, messages::tableNoRows, m_file);
    std::ranges::transform(m_object.members, std::back_inserter(keys), &JsonMember::key);
    setColumns(std::move(keys));
}

std::optional<std::span<const std::string_view>> JsonLinesReader::next()
{
    const bool read = m_firstWaits || readObject();
    m_firstWaits = false;
    if (!read)
        return std::nullopt;
    m_cells.clear();
    for (const std::size_t column : chosen()) {
        const JsonMember &found = member(columns()[column]);
        if (found.kind != JsonKind::Text && found.kind != JsonKind::Number)
            throw Error(ErrorKind::InvalidFile, messages::jsonValue, m_file, m_line, found.key,
                        shownValue(found));
        m_cells.push_back(found.value);
    }
    return m_cells;
}

bool JsonLinesReader::readObject()
{
    std::optional<std::string_view> line = m_lines.next();
    while (line && isBlank(*line))
        line = m_lines.next();
    if (!line)
        return false;
    m_line = m_lines.number();
    if (line->size() > longestLine)
        throw Error(ErrorKind::InvalidFile, messages::jsonLineTooLong, m_file, m_line, longestLine,
                    line->size());
    m_object = parseFlatObject(*line);
    switch (m_object.state) {
    case FlatObject::State::NotJson:
        throw Error(ErrorKind::InvalidFile, messages::jsonLine, m_file, m_line, m_object.errorByte);
    case FlatObject::State::NotAnObject:
        throw Error(ErrorKind::InvalidFile, messages::jsonNoObject, m_file, m_line);
    case FlatObject::State::TooManyMembers:
        requireRoom(mostJsonMembers);
        break;
    case FlatObject::State::Read:
        break;
    }
    return true;
}

const JsonMember &JsonLinesReader::member(const std::string &key) const
{
    const JsonMember *first = m_object.find(key);
    if (!first)
        throw Error(ErrorKind::InvalidFile, messages::jsonKeyMissing, m_file, m_line, key);
    if (std::ranges::count(m_object.members, key, &JsonMember::key) > 1)
        throw Error(ErrorKind::InvalidFile, messages::tableColumnTwice, m_file, m_line,
                    shownText(key));
    return *first;
}

} // namespace pare

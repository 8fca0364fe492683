#include "core/text/jsonlinesreader.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/text/messages.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestLine = 1u << 20;

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

} // namespace

/// Builds no tree: a line of a million brackets costs a million bits.
class JsonLinesReader::ObjectParser : public nlohmann::json_sax<Json>
{
public:
    explicit ObjectParser(JsonLinesReader &reader)
        : m_reader(reader)
        , m_members(reader.m_object)
    {}

    bool isObject() const { return m_isObject; }
    std::size_t errorByte() const { return m_errorByte; }

    bool null() override { return notText("null"); }
    bool boolean(bool value) override { return notText(value ? "true" : "false"); }
    bool number_integer(std::int64_t value) override { return text(fmt::to_string(value)); }
    bool number_unsigned(std::uint64_t value) override { return text(fmt::to_string(value)); }
    bool number_float(double value, const std::string &) override { return text(formatReal(value)); }
    bool string(std::string &value) override { return text(std::move(value)); }
    bool binary(Json::binary_t &) override { return notText("bytes"); }
    bool start_object(std::size_t) override
    {
        if (m_depth == 0)
            m_isObject = true;
        else
            notText("an object");
        ++m_depth;
        return true;
    }
    bool key(std::string &value) override
    {
        if (m_depth == 1) {
            m_reader.requireRoom(m_members.size());
            m_members.push_back({std::move(value), {}, nullptr});
        }
        return true;
    }
    bool end_object() override
    {
        --m_depth;
        return true;
    }
    bool start_array(std::size_t) override
    {
        notText("an array");
        ++m_depth;
        return true;
    }
    bool end_array() override
    {
        --m_depth;
        return true;
    }
    bool parse_error(std::size_t position, const std::string &, const Json::exception &) override
    {
        m_errorByte = position;
        return false;
    }

private:
    bool isMember() const { return m_depth == 1 && m_isObject; }
    bool notText(const char *what)
    {
        if (isMember())
            m_members.back().notText = what;
        return true;
    }
    bool text(std::string value)
    {
        if (isMember())
            m_members.back().value = std::move(value);
        return true;
    }

    const JsonLinesReader &m_reader;
    std::vector<Member> &m_members;
    std::size_t m_depth = 0;
    std::size_t m_errorByte = 0;
    bool m_isObject = false;
};

JsonLinesReader::JsonLinesReader(std::filesystem::path file, std::string_view content)
    : TableReader(std::move(file))
    , m_lines(content)
{
    std::vector<std::string> keys;
    if (readObject())
        std::ranges::transform(m_object, std::back_inserter(keys), &Member::key);
    setColumns(std::move(keys));
}

std::optional<std::span<const std::string_view>> JsonLinesReader::next()
{
    const bool read = m_firstWaits ? !m_object.empty() : readObject();
    m_firstWaits = false;
    if (!read)
        return std::nullopt;
    m_cells.clear();
    for (const std::size_t column : chosen()) {
        const Member &found = member(columns()[column]);
        if (found.notText)
            throw Error(ErrorKind::InvalidFile, messages::jsonValue, m_file, m_line, found.key, found.notText);
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
        throw Error(ErrorKind::InvalidFile, messages::jsonLineTooLong, m_file, m_line, longestLine, line->size());
    m_object.clear();
    ObjectParser parser(*this);
    if (!Json::sax_parse(line->begin(), line->end(), &parser))
        throw Error(ErrorKind::InvalidFile, messages::jsonLine, m_file, m_line, parser.errorByte());
    if (!parser.isObject())
        throw Error(ErrorKind::InvalidFile, messages::jsonNoObject, m_file, m_line);
    return true;
}

const JsonLinesReader::Member &JsonLinesReader::member(const std::string &key) const
{
    const auto first = std::ranges::find(m_object, key, &Member::key);
    if (first == m_object.end())
        throw Error(ErrorKind::InvalidFile, messages::jsonKeyMissing, m_file, m_line, key);
    if (std::find_if(first + 1, m_object.end(), [&](const Member &other) { return other.key == key; }) !=
        m_object.end())
        throw Error(ErrorKind::InvalidFile, messages::tableColumnTwice, m_file, m_line, key);
    return *first;
}

} // namespace pare

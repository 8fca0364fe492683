#include "core/text/tablereader.h"

#include "core/base/error.h"
#include "core/text/csvreader.h"
#include "core/text/flatjson.h"
#include "core/text/jsonlinesreader.h"
#include "core/text/lines.h"
#include "core/text/messages.h"
#include "core/text/tsvreader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pare {

namespace {

constexpr std::size_t mostColumns = mostJsonMembers;

enum class TableFormat { Tsv, Csv, JsonLines };

constexpr std::array<std::pair<std::string_view, TableFormat>, 5> formats{{
    {".tsv", TableFormat::Tsv},
    {".csv", TableFormat::Csv},
    {".jsonl", TableFormat::JsonLines},
    {".ndjson", TableFormat::JsonLines},
    {".json", TableFormat::JsonLines},
}};

std::optional<TableFormat> formatOf(const std::filesystem::path &file)
{
    std::string extension = file.extension().string();
    for (char &c : extension)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    const auto *const row =
        std::ranges::find(formats, extension, &std::pair<std::string_view, TableFormat>::first);
    return row == formats.end() ? std::nullopt : std::optional(row->second);
}

/// Tables often end in blank lines. Where there is one column, they are blank texts.
std::string_view withoutBlankEnd(std::string_view content)
{
    const std::string_view header = content.substr(0, content.find('\n'));
    const std::size_t last = content.find_last_not_of("\r\n");
    if (last == std::string_view::npos || header.find_first_of("\t,") == std::string_view::npos)
        return content;
    return content.substr(0, last + 1);
}

} // namespace

bool TableReader::hasColumn(std::string_view name) const
{
    return std::ranges::find(m_columns, name) != m_columns.end();
}

void TableReader::choose(const std::vector<std::string> &names)
{
    m_chosen.clear();
    for (const std::string &name : names)
        m_chosen.push_back(
            static_cast<std::size_t>(std::ranges::find(m_columns, name) - m_columns.begin()));
}

void TableReader::requireRoom(std::size_t cells) const
{
    if (cells >= mostColumns)
        throw Error(ErrorKind::InvalidFile, messages::tableTooManyColumns, m_file, m_line,
                    mostColumns);
}

void TableReader::setColumns(std::vector<std::string> columns)
{
    std::vector<std::string_view> sorted(columns.begin(), columns.end());
    std::ranges::sort(sorted);
    if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end())
        throw Error(ErrorKind::InvalidFile, messages::tableColumnTwice, m_file, m_line,
                    shownText(*twice));
    m_columns = std::move(columns);
}

std::span<const std::string_view> TableReader::chosenOf(std::span<const std::string_view> cells)
{
    if (cells.size() != m_columns.size())
        throw Error(ErrorKind::InvalidFile, messages::tableColumns, m_file, m_line,
                    m_columns.size(), cells.size());
    m_cells.clear();
    for (const std::size_t column : m_chosen)
        m_cells.push_back(cells[column]);
    return m_cells;
}

bool isTableFile(const std::filesystem::path &file)
{
    return formatOf(file).has_value();
}

std::unique_ptr<TableReader> openTable(const std::filesystem::path &file, std::string_view content)
{
    const std::optional<TableFormat> format = formatOf(file);
    if (!format)
        throw Error(ErrorKind::InvalidFile, messages::tableFormat, file,
                    shownText(file.extension().string()));
    if (content.empty())
        throw Error(ErrorKind::InvalidFile, messages::tableEmpty, file);
    if (*format != TableFormat::JsonLines)
        content = withoutBlankEnd(content);
    switch (*format) {
    case TableFormat::Tsv:
        return std::make_unique<TsvReader>(file, content);
    case TableFormat::Csv:
        return std::make_unique<CsvReader>(file, content);
    case TableFormat::JsonLines:
        break;
    }
    return std::make_unique<JsonLinesReader>(file, content);
}

} // namespace pare

// The rows of a TSV, CSV or JSON lines file, one after another, through one interface.
//
// A reader belongs to whoever opened it and one thread; it reads from a content that outlives it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

class TableReader
{
public:
    virtual ~TableReader() = default;

    /// Names in the header, or the keys of the first JSON object; distinct.
    const std::vector<std::string> &columns() const { return m_columns; }
    bool hasColumn(std::string_view name) const;
    /// Which columns next() returns, in this order; each is one of columns().
    void choose(const std::vector<std::string> &names);

    /// The chosen cells of the next row, valid until the next call; nothing at the end. Throws
    /// InvalidFile, with the line.
    virtual std::optional<std::span<const std::string_view>> next() = 0;
    /// Where the row last returned begins, from 1; the header's line before that.
    std::size_t line() const { return m_line; }

protected:
    explicit TableReader(std::filesystem::path file)
        : m_file(std::move(file))
    {}

    /// Throws InvalidFile where a row or object grows past what a table has: each cell costs
    /// memory.
    void requireRoom(std::size_t cells) const;
    /// Throws InvalidFile where a name stands twice.
    void setColumns(std::vector<std::string> columns);
    const std::vector<std::size_t> &chosen() const { return m_chosen; }
    /// The chosen ones of a row's cells; throws where there are more or less than columns.
    std::span<const std::string_view> chosenOf(std::span<const std::string_view> cells);

    const std::filesystem::path m_file;
    std::size_t m_line = 1;

private:
    std::vector<std::string> m_columns;
    std::vector<std::size_t> m_chosen;
    std::vector<std::string_view> m_cells;
};

/// True for a file whose name says that it is a table: .tsv, .csv, .jsonl, .ndjson, .json.
bool isTableFile(const std::filesystem::path &file);

/// The reader that `file`'s name asks for, over its `content` (UTF-8, without byte order mark).
/// Throws InvalidFile where the name asks for none or the header cannot be read.
std::unique_ptr<TableReader> openTable(const std::filesystem::path &file, std::string_view content);

} // namespace pare

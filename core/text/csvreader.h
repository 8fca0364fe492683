// Comma-separated values as RFC 4180 has them: fields in quotes may hold commas, line breaks and
// doubled quotes.
#pragma once

#include "core/text/tablereader.h"

#include <string>

namespace pare {

class CsvReader : public TableReader
{
public:
    CsvReader(std::filesystem::path file, std::string_view content);

    std::optional<std::span<const std::string_view>> next() override;

private:
    bool readRow();
    /// Appends one field to m_text.
    void readQuotedField();
    void readPlainField();
    /// Passes a line end (LF or CRLF), if there is one.
    bool skipLineEnd();

    const std::string_view m_content;
    std::size_t m_position = 0;
    std::size_t m_nextLine = 1;
    std::string m_text; ///< the fields of the row, unquoted
    std::vector<std::size_t> m_ends;
    std::vector<std::string_view> m_row;
};

} // namespace pare

// Text files as lines: what their readers share. Stateless; any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pare {

/// Throws InvalidFile with the line number of the first byte that is not UTF-8.
void requireUtf8(std::string_view content, const std::filesystem::path &file);

/// What a file holds, fit for a sentence: control characters as U+FFFD, cut after 80 characters.
/// For UTF-8.
std::string shownText(std::string_view text);

/// `text` without the ASCII white space at its ends.
std::string_view trimmed(std::string_view text);

/// `content` without the U+FEFF some editors write first.
std::string_view withoutByteOrderMark(std::string_view content);

/// As many as LineReader gives.
std::size_t countLines(std::string_view content);

/// Lines without their ends (LF or CRLF). What follows the last line end is a line only where it is
/// not empty.
class LineReader
{
public:
    explicit LineReader(std::string_view content)
        : m_rest(content)
    {}

    std::optional<std::string_view> next();
    /// Of the line last returned, from 1.
    std::size_t number() const { return m_number; }

private:
    std::string_view m_rest;
    std::size_t m_number = 0;
};

} // namespace pare

// JSON lines: one object in every line; blank lines are passed over. Its keys are the columns of a table.
#pragma once

#include "core/text/lines.h"
#include "core/text/tablereader.h"

#include <string>
#include <utility>

namespace pare {

class JsonLinesReader : public TableReader
{
public:
    JsonLinesReader(std::filesystem::path file, std::string_view content);

    std::optional<std::span<const std::string_view>> next() override;

private:
    /// One "key": value; a value that is neither text nor number is only named.
    struct Member
    {
        std::string key;
        std::string value;
        const char *notText = nullptr; ///< "null", "an array" …
    };
    class ObjectParser;

    bool readObject();
    const Member &member(const std::string &key) const;

    LineReader m_lines;
    bool m_firstWaits = true;
    std::vector<Member> m_object;
    std::vector<std::string_view> m_cells;
};

} // namespace pare

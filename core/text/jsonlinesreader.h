// JSON lines: one object in every line; blank lines are passed over. Its keys are the columns of a
// table.
#pragma once

#include "core/text/flatjson.h"
#include "core/text/lines.h"
#include "core/text/tablereader.h"

#include <string>

namespace pare {

class JsonLinesReader : public TableReader
{
public:
    JsonLinesReader(std::filesystem::path file, std::string_view content);

    std::optional<std::span<const std::string_view>> next() override;

private:
    bool readObject();
    const JsonMember &member(const std::string &key) const;

    LineReader m_lines;
    bool m_firstWaits = true;
    FlatObject m_object;
    std::vector<std::string_view> m_cells;
};

} // namespace pare

// Tab-separated values: no quoting, no escapes.
#pragma once

#include "core/text/lines.h"
#include "core/text/tablereader.h"

namespace pare {

class TsvReader : public TableReader
{
public:
    TsvReader(std::filesystem::path file, std::string_view content);

    std::optional<std::span<const std::string_view>> next() override;

private:
    bool readRow();

    LineReader m_lines;
    std::vector<std::string_view> m_row;
};

} // namespace pare

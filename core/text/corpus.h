// Plain text for language modelling: lines in documents. A value; any thread may read it.
#pragma once

#include "core/text/textlist.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace pare {

struct Corpus
{
    TextList lines;                       ///< none of them blank
    std::vector<std::uint32_t> documents; ///< the first line of each
    std::string hash;                     ///< of the file's content (Hasher)
};

/// Reads a text file, one sentence or paragraph per line, a blank line between documents; or the
/// texts of a table (see Dataset::read; labels are not needed), where each row is a document.
/// Throws InvalidFile, with the line, or Io.
Corpus readCorpus(const std::filesystem::path &file);

} // namespace pare

// Whether the tokenizer in an exported GGUF file is that of the folder it was made from.
//
// Free functions; any thread.
#pragma once

#include "core/experiment/exportsource.h"
#include "core/experiment/plaingguf.h"

namespace pare {

/// Every token by its text, type and score, the ids of those with a meaning of their own, and nothing more:
/// from vocab.txt as it stands, by the description of the format. What differs first, in words; empty:
/// nothing does. Throws Io where there is no vocab.txt.
std::string tokenizerDifference(const ExportSource &source, const PlainGguf &file,
                                const std::filesystem::path &path);

} // namespace pare

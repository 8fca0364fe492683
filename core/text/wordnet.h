// The demo's data: which kind of thing does a definition define? Stateless; any thread.
#pragma once

#include "core/text/dataset.h"

#include <filesystem>

namespace pare {

inline constexpr auto wordnetFile = "/usr/share/wordnet/data.noun";

struct WordNetSplits
{
    Dataset train; ///< about 85 of 100 definitions
    Dataset dev;   ///< 5
    Dataset test;  ///< 10: more than 5,000
    TextList
        others; ///< definitions of the other kinds, for language modelling: in none of the splits
};

/// The noun definitions of WordNet 3.0 (Debian's wordnet-base): text is the definition without its
/// examples, label the lexicographer file ("noun.animal"), of the eight largest. A text stands
/// once; texts defined in several of these files have no one answer and are left out. The split
/// depends on the text alone, so that it is the same everywhere. Throws Io (missing: says which
/// package to install), InvalidFile.
WordNetSplits readWordNet(const std::filesystem::path &file = wordnetFile);

} // namespace pare

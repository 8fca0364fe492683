// Running text as documents of sentences, for objectives that ask how sentences follow each other.
// Free functions; any thread.
#pragma once

#include "core/base/progress.h"
#include "core/text/corpus.h"

#include <cstddef>
#include <filesystem>

namespace pare {

/// What a line of a corpus is.
enum class LineKind {
    Wrapped, ///< sentences run on from line to line
    Whole,   ///< a sentence or paragraph of its own
};

/// The same documents with one sentence to each line, and the same hash. Wrapped lines are joined
/// by a space first; not after a hyphen inside a word ("well-" and "known"), and a soft hyphen is
/// left out, as printing it is only right where the line breaks. Documents without a word go.
/// Throws InvalidSetting where the text is not UTF-8, Unsupported where a document is longer than
/// 2 GiB, and Cancelled.
Corpus inSentences(const Corpus &corpus, LineKind lines, Progress &progress);

/// Reads a file as readCorpus() does: the lines of plain text are wrapped, the texts of a table
/// whole. Throws as both do.
Corpus readSentences(const std::filesystem::path &file, Progress &progress);

/// Lines `begin` to `end` - 1 of a corpus.
struct LineRange
{
    std::size_t begin = 0;
    std::size_t end = 0;

    std::size_t size() const { return end - begin; }
    bool operator==(const LineRange &) const = default;
};

/// The lines of one document; 0 <= document < corpus.documents.size().
LineRange linesOf(const Corpus &corpus, std::size_t document);

} // namespace pare

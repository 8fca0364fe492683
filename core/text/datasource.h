// Where examples come from: a file, or the installed WordNet.
#pragma once

#include "core/base/progress.h"
#include "core/text/corpus.h"
#include "core/text/dataset.h"

#include <string>

namespace pare {

/// Whether `source` names a part of WordNet, as in "wordnet:test", and no file.
bool isBuiltIn(const std::string &source);

/// A file (Dataset::read), or "wordnet:train", "wordnet:dev", "wordnet:test". Throws InvalidFile,
/// Io, or InvalidSetting for another part of WordNet.
Dataset openDataset(const std::string &source, Answers answers = Answers::Required);

/// A file (readCorpus), or the definitions of "wordnet:train", "wordnet:dev", "wordnet:test".
Corpus openCorpus(const std::string &source);

/// The same with one sentence to each line (documents.h).
Corpus openSentences(const std::string &source, Progress &progress);

} // namespace pare

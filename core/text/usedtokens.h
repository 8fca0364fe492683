// What of a vocabulary a text needs, and a tokenizer that knows nothing else. Free functions; any
// thread.
#pragma once

#include "core/base/progress.h"
#include "core/text/corpus.h"
#include "core/text/wordpiecetokenizer.h"

#include <span>
#include <vector>

namespace pare {

/// Ids, ascending: tokens that occur in the corpus, the special ones, and single characters (with
/// and without ##), of which any word can still be made. Throws Cancelled.
std::vector<int> usedTokens(const WordPieceTokenizer &tokenizer, const Corpus &corpus,
                            Progress &progress);

/// The vocabulary of those ids, in their order. Each must be one of the vocabulary's.
Vocabulary restricted(const Vocabulary &vocabulary, std::span<const int> ids);

/// A tokenizer of that vocabulary: words are split into what is left of their pieces.
WordPieceTokenizer restricted(const WordPieceTokenizer &tokenizer, std::span<const int> ids);

} // namespace pare

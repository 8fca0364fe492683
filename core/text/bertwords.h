// The words of a text before WordPiece: BERT's cleaning, lower-casing and splitting. Stateless; any
// thread.
#pragma once

#include "core/text/tokenizeroptions.h"

#include <string>
#include <string_view>

namespace pare {

/// The words of `text`, one space between them, none before or after: control characters removed,
/// Chinese characters apart, accents stripped (NFD without Mn), lower-cased, punctuation apart, in
/// this order (BERT, Devlin et al. 2019; the same words as Hugging Face's BertNormalizer and
/// BertPreTokenizer give). Throws InvalidSetting where `text` is not UTF-8.
std::string bertWords(std::string_view text, const TokenizerOptions &options);

/// Calls use(std::string_view) for each word of what bertWords() returned.
template <class Use>
void forEachWord(std::string_view words, Use use)
{
    while (!words.empty()) {
        const std::size_t end = words.find(' ');
        use(words.substr(0, end));
        words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    }
}

} // namespace pare

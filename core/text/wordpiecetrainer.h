// Trains a WordPiece vocabulary on texts. Belongs to one thread at a time.
#pragma once

#include "core/base/progress.h"
#include "core/text/tokenizeroptions.h"
#include "core/text/vocabulary.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pare {

struct TrainerOptions
{
    int size = 8000; ///< tokens, special ones included; fewer where the texts give no more
    std::int64_t minimumFrequency = 2; ///< a pair seen less often is not merged
    int alphabet = 1000;               ///< characters kept; words with rarer ones stay [UNK]
    TokenizerOptions words;            ///< how the texts are cleaned and split
};

/// Merges the most frequent pair of neighbouring pieces again and again (Sennrich et al. 2016),
/// inside words counted as bertWords() splits them, pieces after the first written "##piece". Among
/// equally frequent pairs the one whose pieces are older is merged first: the same texts, in any
/// order, give the same vocabulary.
class WordPieceTrainer
{
public:
    explicit WordPieceTrainer(TrainerOptions options);

    /// Counts the words of one text. Throws InvalidSetting where it is not UTF-8.
    void add(std::string_view text);

    /// [PAD] [UNK] [CLS] [SEP] [MASK], the characters, the merges in their order. Throws Cancelled;
    /// InvalidSetting where nothing was counted or `size` has no room for the characters.
    Vocabulary train(Progress &progress = silentProgress()) const;

private:
    TrainerOptions m_options;
    std::unordered_map<std::string, std::int64_t> m_counts;
};

} // namespace pare

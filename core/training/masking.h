// Masked language modelling's questions (Devlin et al. 2019). Free functions; any thread.
#pragma once

#include "core/network/packedbatch.h"

#include <cstdint>
#include <vector>

namespace pare {

class Vocabulary;

/// What is asked for together.
enum class MaskingUnit {
    Token,
    WholeWord, ///< all pieces of a word, each replaced on its own (as BERT's authors released it)
    /// 1 to `longestNGram` words that follow each other, n of them with a probability in proportion
    /// to 1/n (ALBERT, Lan et al. 2020). Replaced as one: a word that stayed in the middle of
    /// hidden ones would give half of the answer away (SpanBERT, Joshi et al. 2020).
    NGram,
};

struct MaskingOptions
{
    double share = 0.15;
    std::int64_t vocabulary = 0; ///< tokens to draw random ones from
    std::int64_t maskId = 0;
    std::vector<std::int64_t> special; ///< never asked for nor drawn: [PAD], [CLS], [SEP], [MASK]
    MaskingUnit unit = MaskingUnit::Token;
    std::vector<bool> continuing = {}; ///< by id (continuingPieces()); not looked at for tokens
    int longestNGram = 3;              ///< in words, from 1
};

struct MaskedBatch
{
    PackedBatch batch;                 ///< with its questions written in
    std::vector<std::int64_t> rows;    ///< tokens asked for, ascending; none where all are special
    std::vector<std::int64_t> targets; ///< what stood there
    std::vector<std::int64_t> units;   ///< how many of the rows are of each unit, in their order
};

/// Asks for `share` of the tokens in the mean, for at least one token or word: 80 % become [MASK],
/// 10 % random tokens, 10 % stay. Units end where a special token or another sequence begins.
/// Follows from seed and step alone.
MaskedBatch masked(PackedBatch batch, const MaskingOptions &options, std::uint64_t seed,
                   std::int64_t step);

/// Which tokens go on with the word of the token before them: "##" and more. By id.
std::vector<bool> continuingPieces(const Vocabulary &vocabulary);

} // namespace pare

// More examples for a student than a task has: TinyBERT's data augmentation (Jiao et al. 2020).
// Free functions; any thread.
//
// Words of one piece are replaced with what a masked language model thinks of. For words of several
// pieces the paper takes neighbours among GloVe's vectors, of which none are shipped: such words
// stay as they are.
#pragma once

#include "core/network/packedbatch.h"
#include "core/text/vocabulary.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace pare {

/// A text with [MASK] in the place of one of its words.
struct MaskedWord
{
    Sequence sequence;
    std::size_t position = 0;
};

/// What a masked language model thinks of each of the masked words: ids of words, best first, up to
/// as many as are asked for. All of a text are asked for at once, so that they can be one batch.
using WordCandidates = std::function<std::vector<std::vector<std::int64_t>>(
    std::span<const MaskedWord> words, std::int64_t count)>;

struct AugmentationOptions
{
    double probability = 0.4;     ///< p_t, of replacing a word
    std::int64_t copies = 20;     ///< N_a, how often a text is drawn
    std::int64_t candidates = 15; ///< K
    std::int64_t maskId = 0;
    std::uint64_t seed = 0;
    std::uint64_t text = 0; ///< its number among the texts: each has draws of its own
};

/// Whether a token is a word, or one begins with it: no special token, no "##" piece, no
/// punctuation.
bool beginsWord(std::string_view token);

/// Positions of the words that are one piece each: tokens that begin a word and are followed by no
/// "##" piece. Ids must be of the vocabulary.
std::vector<std::size_t> singlePieceWords(std::span<const std::int64_t> ids,
                                          const Vocabulary &vocabulary);

/// Ids of all tokens that begin a word, ascending: what a masked language model may answer.
std::vector<std::int64_t> wordIds(const Vocabulary &vocabulary);

/// For each row of logits [rows, vocabulary] the `count` likeliest among the ids `allowed`, best
/// first, fewer where there are fewer: for functions that give candidates.
std::vector<std::vector<std::int64_t>>
bestTokens(const at::Tensor &logits, std::span<const std::int64_t> allowed, std::int64_t count);

/// Draws `copies` variants of a text: each of the words at `positions` is replaced with probability
/// p by one of its candidates, all alike. Candidates are found in the original text, once per word,
/// and variants like the text or an earlier one are left out, both as in the authors' code; so
/// there are `copies` of them at most. Types stay. Follows from the arguments alone.
std::vector<Sequence> augmented(const Sequence &text, std::span<const std::size_t> positions,
                                const WordCandidates &candidates,
                                const AugmentationOptions &options);

} // namespace pare

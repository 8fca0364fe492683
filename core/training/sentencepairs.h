// Pairs of segments, and whether they follow each other: next sentence prediction (Devlin et al.
// 2019) and sentence order prediction (Lan et al. 2020). Free functions; any thread.
#pragma once

#include "core/network/packedbatch.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pare {

using SentenceTokens = std::vector<std::int64_t>;   ///< ids, without special tokens
using DocumentTokens = std::vector<SentenceTokens>; ///< sentences in their order

enum class PairObjective {
    NextSentence,  ///< label 1: the second segment is from another document
    SentenceOrder, ///< label 1: the segments are swapped
};

struct PairOptions
{
    PairObjective objective = PairObjective::NextSentence;
    std::int64_t maxLength = 512; ///< of a pair with its three special tokens, from 5
    std::int64_t classifyId = 0;  ///< [CLS]
    std::int64_t separatorId = 0; ///< [SEP]
    /// Of pairs that aim at a shorter length, drawn for each: what a model is used on is mostly
    /// shorter than what it can hold.
    double shortShare = 0.1;
    std::uint64_t seed = 0;
    std::int64_t epoch = 0;
};

struct SentencePairs
{
    std::vector<Sequence> sequences;  ///< [CLS] A [SEP] B [SEP]; types 0 up to the first [SEP]
    std::vector<std::int64_t> labels; ///< of each sequence: 0 is next or in order, 1 is not
};

/// Walks every document once: takes sentences until they fill the length, splits them in two where
/// chance wants, and makes half of the pairs wrong ones. What is too long is cut at the ends of the
/// longer segment. Sentences that a wrong next segment took the place of begin the pair that
/// follows. A last sentence that stands alone is left out: it could only be part of a wrong pair,
/// and those would be more than half. Empty sentences are passed over. In the order of documents;
/// follows from the arguments alone. Throws InvalidSetting where the length is too short, where no
/// document has two sentences, and where wrong next segments have no other document to come from.
SentencePairs sentencePairs(std::span<const DocumentTokens> documents, const PairOptions &options);

} // namespace pare

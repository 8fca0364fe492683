// Sequences of one batch laid end to end, without padding.
//
// Linear layers see tokens; attention sees groups of equal length. Sequences are ordered by length
// within the batch; `order` says which is which.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace pare {

/// What a tokenizer makes of one example.
struct Sequence
{
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> types; ///< as long as ids
};

struct PackedBatch
{
    /// Consecutive sequences of equal length.
    struct Group
    {
        std::int64_t firstToken = 0;
        std::int64_t sequences = 0;
        std::int64_t length = 0;
    };

    std::vector<std::int64_t> ids;       ///< [tokens]
    std::vector<std::int64_t> types;     ///< [tokens]
    std::vector<std::int64_t> positions; ///< [tokens], from 0 in each sequence
    std::vector<Group> groups;
    std::vector<std::int64_t> starts; ///< [sequences], first token of each, in packed order
    std::vector<std::size_t> order;   ///< [sequences], index in the list it was packed from

    std::int64_t tokens() const { return static_cast<std::int64_t>(ids.size()); }
    std::int64_t sequences() const { return static_cast<std::int64_t>(starts.size()); }
};

/// Packs the sequences that `chosen` names (empty: all). Empty sequences are an assertion.
PackedBatch packed(std::span<const Sequence> sequences, std::span<const std::size_t> chosen = {});

/// Splits `chosen` (indices of sequences) into batches of at most `tokens` tokens, at least one
/// sequence each, sequences of like length together. Deterministic.
std::vector<std::vector<std::size_t>> batchesByLength(std::span<const Sequence> sequences,
                                                      std::vector<std::size_t> chosen,
                                                      std::int64_t tokens);

} // namespace pare

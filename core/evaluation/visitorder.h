// In which order examples are measured, so that what is known half-way is already about all of
// them.
//
// Free functions without state; any thread.
#pragma once

#include "core/network/packedbatch.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pare {

/// All examples in a random order in which every stretch holds the classes in about the proportion
/// of the whole (stratified; balancing the classes would bias an accuracy). `labels` are class
/// indices from 0; the same seed gives the same order on every machine.
std::vector<std::size_t> stratifiedOrder(std::span<const std::int64_t> labels, std::uint64_t seed);

/// Consecutive stretches of `order` of at most `tokens` tokens, at least one example each. Batches
/// are packed without padding, so that sorting them by length first would gain 4 % at most and let
/// the short answer first.
std::vector<std::span<const std::size_t>> consecutiveBatches(std::span<const Sequence> sequences,
                                                             std::span<const std::size_t> order,
                                                             std::int64_t tokens);

} // namespace pare

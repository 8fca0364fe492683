// Which sequences are learnt together, and when. Free functions; any thread.
#pragma once

#include "core/network/packedbatch.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pare {

struct BatchOrder
{
    std::int64_t batchTokens = 4096;
    std::uint64_t seed = 0;
    std::int64_t epoch = 0;
};

/// The batches of one epoch, each at most `batchTokens` tokens and at least one sequence: all
/// sequences shuffled, sorted by length within windows of some fifty batches so that attention sees
/// groups of equal length, and the batches shuffled again. Follows from the order's members alone.
std::vector<std::vector<std::size_t>> epochBatches(std::span<const Sequence> sequences,
                                                   const BatchOrder &order);

/// The factor of the learning rate after a share (0…1) of the training: linear up, then linear down
/// to 0.
double scheduleFactor(double share, double warmupShare);

} // namespace pare

#include "core/training/batchorder.h"

#include "core/base/hash.h"
#include "core/base/random.h"

#include <algorithm>
#include <numeric>

namespace pare {

std::vector<std::vector<std::size_t>> epochBatches(std::span<const Sequence> sequences,
                                                   const BatchOrder &order)
{
    constexpr std::int64_t batchesPerWindow = 50;
    Random random(order.seed ^ stableHash("batch order"), static_cast<std::uint64_t>(order.epoch));
    std::vector<std::size_t> shuffled(sequences.size());
    std::iota(shuffled.begin(), shuffled.end(), std::size_t{0});
    random.shuffle(shuffled);
    std::vector<std::vector<std::size_t>> batches;
    std::vector<std::size_t> window;
    std::int64_t tokens = 0;
    for (std::size_t i = 0; i < shuffled.size(); ++i) {
        window.push_back(shuffled[i]);
        tokens += static_cast<std::int64_t>(sequences[shuffled[i]].ids.size());
        if (tokens < batchesPerWindow * order.batchTokens && i + 1 < shuffled.size())
            continue;
        for (std::vector<std::size_t> &batch :
             batchesByLength(sequences, std::move(window), order.batchTokens))
            batches.push_back(std::move(batch));
        window.clear();
        tokens = 0;
    }
    random.shuffle(batches);
    return batches;
}

double scheduleFactor(double share, double warmupShare)
{
    if (share < warmupShare)
        return share / warmupShare;
    return warmupShare < 1 ? std::max(0.0, (1 - share) / (1 - warmupShare)) : 1;
}

} // namespace pare

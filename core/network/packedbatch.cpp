#include "core/network/packedbatch.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace pare {

PackedBatch packed(std::span<const Sequence> sequences, std::span<const std::size_t> chosen)
{
    PackedBatch batch;
    batch.order.assign(chosen.begin(), chosen.end());
    if (chosen.empty()) {
        batch.order.resize(sequences.size());
        std::iota(batch.order.begin(), batch.order.end(), std::size_t{0});
    }
    std::ranges::stable_sort(batch.order, {},
                             [&](std::size_t i) { return sequences[i].ids.size(); });
    for (const std::size_t index : batch.order) {
        const Sequence &sequence = sequences[index];
        assert(!sequence.ids.empty() && sequence.ids.size() == sequence.types.size());
        const auto length = static_cast<std::int64_t>(sequence.ids.size());
        if (batch.groups.empty() || batch.groups.back().length != length)
            batch.groups.push_back({batch.tokens(), 0, length});
        ++batch.groups.back().sequences;
        batch.starts.push_back(batch.tokens());
        batch.ids.insert(batch.ids.end(), sequence.ids.begin(), sequence.ids.end());
        batch.types.insert(batch.types.end(), sequence.types.begin(), sequence.types.end());
        for (std::int64_t i = 0; i < length; ++i)
            batch.positions.push_back(i);
    }
    return batch;
}

std::vector<std::vector<std::size_t>> batchesByLength(std::span<const Sequence> sequences,
                                                      std::vector<std::size_t> chosen,
                                                      std::int64_t tokens)
{
    std::ranges::stable_sort(chosen, {}, [&](std::size_t i) { return sequences[i].ids.size(); });
    std::vector<std::vector<std::size_t>> batches;
    std::int64_t room = 0;
    for (const std::size_t index : chosen) {
        const auto length = static_cast<std::int64_t>(sequences[index].ids.size());
        if (batches.empty() || length > room) {
            batches.emplace_back();
            room = tokens;
        }
        batches.back().push_back(index);
        room -= length;
    }
    return batches;
}

} // namespace pare

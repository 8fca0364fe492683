#include "core/evaluation/visitorder.h"

#include "core/base/random.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace pare {

std::vector<std::size_t> stratifiedOrder(std::span<const std::int64_t> labels, std::uint64_t seed)
{
    std::vector<std::vector<std::size_t>> classes;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        assert(labels[i] >= 0);
        const auto label = static_cast<std::size_t>(labels[i]);
        if (label >= classes.size())
            classes.resize(label + 1);
        classes[label].push_back(i);
    }
    // The k-th of a class's n examples stands somewhere in the k-th n-th of the whole.
    std::vector<double> places(labels.size());
    Random random(seed);
    for (std::vector<std::size_t> &members : classes) {
        random.shuffle(members);
        for (std::size_t k = 0; k < members.size(); ++k)
            places[members[k]] =
                (static_cast<double>(k) + random.uniform()) / static_cast<double>(members.size());
    }
    std::vector<std::size_t> order(labels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return places[i]; });
    return order;
}

std::vector<std::span<const std::size_t>> consecutiveBatches(std::span<const Sequence> sequences,
                                                             std::span<const std::size_t> order,
                                                             std::int64_t tokens)
{
    std::vector<std::span<const std::size_t>> batches;
    std::size_t first = 0;
    std::int64_t held = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto length = static_cast<std::int64_t>(sequences[order[i]].ids.size());
        if (i > first && held + length > tokens) {
            batches.push_back(order.subspan(first, i - first));
            first = i;
            held = 0;
        }
        held += length;
    }
    if (first < order.size())
        batches.push_back(order.subspan(first));
    return batches;
}

} // namespace pare

#include "core/search/probebatches.h"

#include "core/evaluation/visitorder.h"
#include "core/search/knownresponses.h"

#include <ATen/core/Tensor.h>
#include <c10/util/Half.h>

#include <algorithm>
#include <map>
#include <span>

namespace pare {

std::vector<ProbeStretch> probeStretches(const ProbeOrder &order, const SweepOptions &options,
                                         const EncodedData &data, std::int64_t batchTokens)
{
    std::vector<ProbeStretch> stretches;
    std::size_t number = 0;
    const std::size_t most = std::min(options.rows, order.size());
    std::size_t coarse = options.firstRows;
    while (coarse < order.classes()) // before each was asked, nothing is known of the whole
        coarse *= 2;
    for (std::size_t first = 0, last = coarse; first < most; last *= 2) {
        last = std::min(last, order.size());
        ProbeStretch stretch{first, last, {}, {}, {}};
        const std::span rows(order.examples().begin() + static_cast<std::ptrdiff_t>(first),
                             last - first);
        for (const auto batch : consecutiveBatches(data.sequences, rows, batchTokens)) {
            stretch.batches.push_back(packed(data.sequences, batch));
            stretch.numbers.push_back(number++);
        }
        stretches.push_back(std::move(stretch));
        first = last;
    }
    return stretches;
}

std::int64_t tokensOf(const std::vector<ProbeStretch> &stretches)
{
    std::int64_t tokens = 0;
    for (const ProbeStretch &stretch : stretches) {
        for (const PackedBatch &batch : stretch.batches)
            tokens += batch.tokens();
    }
    return tokens;
}

std::vector<float> probeLogits(const Network &network, int first, BorderStates &borders,
                               const ProbeStretch &stretch, const ProbeOrder &order,
                               Progress &progress)
{
    const auto labels = static_cast<std::int64_t>(network.specification().labels.size());
    std::vector<float> logits((stretch.last - stretch.first) * static_cast<std::size_t>(labels));
    std::map<std::size_t, std::size_t> rows; // of the stretch, by example
    for (std::size_t row = stretch.first; row < stretch.last; ++row)
        rows.emplace(order.examples()[row], row - stretch.first);
    for (std::size_t i = 0; i < stretch.batches.size(); ++i) {
        const PackedBatch &batch = stretch.batches[i];
        progress.check();
        const at::Tensor states = first < 0
                                      ? network.embeddings(batch)
                                      : borders.before(first, stretch.numbers[i], batch, progress);
        const at::Tensor answered =
            logitsFrom(network, std::max(first, 0), states, batch, progress);
        const float *values = answered.data_ptr<float>();
        for (std::size_t j = 0; j < batch.order.size(); ++j)
            std::copy_n(values + static_cast<std::int64_t>(j) * labels, labels,
                        logits.begin() +
                            static_cast<std::ptrdiff_t>(rows.at(batch.order[j])) * labels);
    }
    return logits;
}

std::vector<float> changesOf(const std::vector<float> &now, const std::vector<float> &before)
{
    std::vector<float> changes;
    changes.reserve(now.size());
    for (std::size_t i = 0; i < now.size(); ++i)
        changes.push_back(static_cast<float>(c10::Half(now[i] - before[i])));
    return changes;
}

} // namespace pare

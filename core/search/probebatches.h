// The probe's examples as batches that are always the same, so that their answers are as well.
//
// Belongs to one sweep, on its thread.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/encodeddata.h"
#include "core/network/network.h"
#include "core/search/borderstates.h"
#include "core/search/probeorder.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pare {

struct SweepOptions;

/// Rows [first, last) of the probe.
struct ProbeStretch
{
    std::size_t first = 0;
    std::size_t last = 0;
    std::vector<PackedBatch> batches;
    std::vector<std::size_t> numbers; ///< of the batches, over all stretches
    std::vector<float> original;      ///< logits [rows, labels] of the compared model
};

/// Each as long as all before it, from the first rows of `options` on, or as many times twice them as have all classes
/// among them; with the logits left empty.
std::vector<ProbeStretch> probeStretches(const ProbeOrder &order, const SweepOptions &options,
                                         const EncodedData &data, std::int64_t batchTokens);

std::int64_t tokensOf(const std::vector<ProbeStretch> &stretches);

/// Class logits [rows, labels] of a stretch in its order, from the states before block `first` on, which `borders` have
/// (−1: from the embeddings on, without them). Throws Cancelled.
std::vector<float> probeLogits(const Network &network, int first, BorderStates &borders,
                               const ProbeStretch &stretch, const ProbeOrder &order,
                               Progress &progress);

/// `now` less `before`, as half precision holds it, so that a table reads the same fresh and stored.
std::vector<float> changesOf(const std::vector<float> &now, const std::vector<float> &before);

} // namespace pare

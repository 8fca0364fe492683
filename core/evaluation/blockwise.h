// What a model answers, with one of its blocks in memory at a time.
//
// Slower than evaluate(), which holds the whole network: for those who have to stay small while they
// compare models. Runs on the calling thread, which has set its thread counts.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/encodeddata.h"
#include "core/model/specification.h"
#include "core/network/network.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <functional>

namespace pare {

/// The weights of those layers, others may be there as well; called before each part is run.
using WeightSource = std::function<ModelWeights(const LayerFilter &isWanted)>;

struct BlockwiseOptions
{
    std::int64_t batchTokens = 2048; ///< a batch holds at most so many tokens
    std::int64_t passTokens = 8192;  ///< so many go through the model together
};

/// float32 [examples, answers], in the data's order: those of the class or pair head; of a masked-LM
/// head those over the vocabulary at each first token; of a model without a head the last hidden states
/// there, [examples, width]. Throws Unsupported for what Network cannot run; Cancelled.
at::Tensor logitsByBlock(const NetworkSpecification &specification, const WeightSource &weights,
                         const EncodedData &data, const BlockwiseOptions &options,
                         Progress &progress);

} // namespace pare

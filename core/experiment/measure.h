// One model's answers to a data set, and what they cost.
//
// Runs on the calling thread, which has set its thread counts; belongs to whoever measures.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/encodeddata.h"
#include "core/model/run.h"

#include <ATen/core/Tensor.h>
#include <map>
#include <string>

namespace pare {

struct ExperimentOptions;
class Network;

struct Measured
{
    Measurement measurement; ///< without what the weights alone tell: bytes and parameters
    at::Tensor logits;       ///< float32 [examples, labels], in the data's order
    std::map<std::string, std::string> kernels; ///< by layer
};

/// Accuracy, times and multiply-adds; of the options, seed and tokens at once. Throws Error,
/// Cancelled.
Measured measure(const Network &network, const EncodedData &data, const ExperimentOptions &options,
                 Progress &progress);

/// Of one forward pass, the mean over the examples, rounded.
std::int64_t meanMultiplyAdds(const Network &network, const EncodedData &data);

} // namespace pare

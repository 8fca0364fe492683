// Lets a network answer every example of a data set, and says how good it is while it goes.
//
// Runs on the calling thread, which has set its thread counts; belongs to whoever measures.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/encodeddata.h"
#include "core/model/run.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace pare {

class Network;

struct EvaluationOptions
{
    std::int64_t batchTokens = 2048; ///< a batch holds at most so many tokens, at least one example
    std::uint64_t seed = 0;          ///< of the order in which examples are visited
};

struct Evaluation
{
    at::Tensor logits;                   ///< float32 [examples, labels], in the data's order
    std::vector<std::int64_t> predicted; ///< class index of each example
    Interval accuracy;                   ///< Wilson's
    double seconds = 0;                  ///< packing and computing all batches

    double examplesPerSecond() const { return static_cast<double>(predicted.size()) / seconds; }
};

/// What is known after a batch.
struct PartialEvaluation
{
    std::int64_t done = 0;
    std::int64_t total = 0;
    Interval accuracy;                       ///< of those done: anytimeInterval until the last, as Evaluation's then
    std::span<const std::size_t> batch;      ///< the examples just answered
    std::span<const std::int64_t> predicted; ///< of every example; −1 where not yet answered
};

/// Visits the examples in a seeded order stratified by class, reports after each batch to
/// `progress` and `afterBatch`. Order and batches change logits by rounding at most. Throws
/// Cancelled, and Error where the labels of network and data differ in number or an answer is not
/// finite.
Evaluation evaluate(const Network &network, const EncodedData &data,
                    const EvaluationOptions &options, Progress &progress,
                    const std::function<void(const PartialEvaluation &)> &afterBatch = {});

} // namespace pare

// How long one answer takes on this machine.
//
// Runs on the calling thread, which has set its thread counts; belongs to whoever measures.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/encodeddata.h"
#include "core/model/run.h"

#include <cstdint>

namespace pare {

class Network;

struct LatencyOptions
{
    std::uint64_t seed = 0; ///< chooses the examples: the same ones for every network
    int examples = 200;     ///< at most
    int warmUp = 10;        ///< answers before the first that counts; at least one of every length
    double secondsAtMost = 1.0; ///< looked at after every answer …
    int fewest = 25;            ///< … but so many count, if there are so many examples
};

/// One example at a time, warm: median, 5th and 95th percentile in milliseconds, packing included.
/// Throws Error and Cancelled.
Latency measureLatency(const Network &network, const EncodedData &data,
                       const LatencyOptions &options, Progress &progress);

/// Whether the times tell something of the network: texts of one model differ less than tenfold in length, and so in
/// time; where these spread further, something else kept the machine busy.
bool isSteady(const Latency &latency);

} // namespace pare

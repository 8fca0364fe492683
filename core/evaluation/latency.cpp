#include "core/evaluation/latency.h"

#include "core/base/random.h"
#include "core/evaluation/statistics.h"
#include "core/network/network.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <numeric>
#include <set>
#include <vector>

namespace pare {

namespace {

using Clock = std::chrono::steady_clock;

double seconds(Clock::duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

double answerMilliseconds(const Network &network, const EncodedData &data, std::size_t example)
{
    const Clock::time_point start = Clock::now();
    network.logits(packed(data.sequences, {&example, 1}));
    return 1000 * seconds(Clock::now() - start);
}

std::vector<std::size_t> chosenExamples(std::size_t count, const LatencyOptions &options)
{
    std::vector<std::size_t> chosen(count);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    Random(options.seed).shuffle(chosen);
    chosen.resize(std::min(count, static_cast<std::size_t>(options.examples)));
    return chosen;
}

/// The first answer of a length pays for making its kernels: one of every length, then any until
/// there are `count`.
std::vector<std::size_t> warmUpExamples(const std::vector<std::size_t> &chosen,
                                        const EncodedData &data, int count)
{
    std::set<std::size_t> lengths;
    std::vector<std::size_t> examples;
    for (const std::size_t example : chosen) {
        if (lengths.insert(data.sequences[example].ids.size()).second)
            examples.push_back(example);
    }
    for (std::size_t i = 0; examples.size() < static_cast<std::size_t>(count); ++i)
        examples.push_back(chosen[i % chosen.size()]);
    return examples;
}

} // namespace

Latency measureLatency(const Network &network, const EncodedData &data,
                       const LatencyOptions &options, Progress &progress)
{
    assert(!data.sequences.empty() && options.examples > 0);
    const auto chosen = chosenExamples(data.sequences.size(), options);
    const Clock::time_point start = Clock::now();
    for (const std::size_t example : warmUpExamples(chosen, data, options.warmUp)) {
        progress.check();
        if (seconds(Clock::now() - start) >= options.secondsAtMost / 2)
            break;
        answerMilliseconds(network, data, example);
    }
    std::vector<double> times;
    for (const std::size_t example : chosen) {
        progress.check();
        times.push_back(answerMilliseconds(network, data, example));
        if (seconds(Clock::now() - start) > options.secondsAtMost &&
            times.size() >= static_cast<std::size_t>(options.fewest))
            break;
    }
    return {percentile(times, 0.5), percentile(times, 0.05), percentile(times, 0.95)};
}

bool isSteady(const Latency &latency)
{
    return latency.high <= 10 * latency.low;
}

} // namespace pare

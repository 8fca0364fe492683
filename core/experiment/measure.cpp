#include "core/experiment/measure.h"

#include "core/base/quietprogress.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/latency.h"
#include "core/experiment/experiment.h"
#include "core/network/network.h"

#include <array>
#include <cmath>

namespace pare {

namespace {

constexpr double secondsToTrust = 0.5; ///< a shorter pass is mostly the making of kernels

/// Answers per second of `first`, or of a second pass where the first was too short to tell.
double examplesPerSecond(const Evaluation &first, const Network &network, const EncodedData &data,
                         const EvaluationOptions &options, Progress &progress)
{
    if (first.seconds > secondsToTrust)
        return first.examplesPerSecond();
    QuietProgress quiet(progress);
    return evaluate(network, data, options, quiet).examplesPerSecond();
}

} // namespace

Measured measure(const Network &network, const EncodedData &data, const ExperimentOptions &options,
                 Progress &progress)
{
    EvaluationOptions evaluation;
    evaluation.batchTokens = options.batchTokens;
    evaluation.seed = options.seed;
    Measured measured;
    // First the single answers, which also warm up: whatever is measured first would come out
    // slower.
    LatencyOptions latency;
    latency.seed = options.seed;
    measured.measurement.latencyMs = measureLatency(network, data, latency, progress);
    const Evaluation result = evaluate(network, data, evaluation, progress);
    measured.logits = result.logits;
    measured.measurement.metrics["accuracy"] = result.accuracy;
    measured.measurement.examplesPerSecond =
        examplesPerSecond(result, network, data, evaluation, progress);
    measured.measurement.multiplyAdds = meanMultiplyAdds(network, data);
    measured.kernels = network.kernels();
    return measured;
}

std::int64_t meanMultiplyAdds(const Network &network, const EncodedData &data)
{
    std::map<std::size_t, std::int64_t> lengths; // equal ones cost the same
    for (const Sequence &sequence : data.sequences)
        ++lengths[sequence.ids.size()];
    double total = 0;
    for (const auto &[length, count] : lengths) {
        const auto one = std::ranges::find(
            data.sequences, length, [](const Sequence &sequence) { return sequence.ids.size(); });
        const std::array alone{static_cast<std::size_t>(one - data.sequences.begin())};
        total += static_cast<double>(count) *
                 static_cast<double>(network.multiplyAdds(packed(data.sequences, alone)));
    }
    return std::llround(total / static_cast<double>(data.size()));
}

} // namespace pare

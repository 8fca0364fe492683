// Prints what post-training quantization costs for the matrices of a 12 x 768 encoder: seconds, how
// far memory rises meanwhile, and the error of weights and outputs that is left.
//   benchmark_quantizers [threads]
#include "core/compression/outputerror.h"
#include "core/compression/quantize/awq.h"
#include "core/compression/quantize/codebook.h"
#include "core/compression/quantize/gptq.h"
#include "core/compression/quantize/smoothquant.h"
#include "core/weights/weight.h"
#include "tests/benchmarks/layerinputs.h"
#include "tests/support/peakmemory.h"

#include <ATen/Parallel.h>

#include <fmt/format.h>

#include <chrono>
#include <functional>

namespace {

using namespace pare;

struct Method
{
    const char *name;
    std::function<Factor()> run;
};

void measure(const Method &method, const at::Tensor &values, const Inputs &inputs)
{
    using Clock = std::chrono::steady_clock;
    method.run();
    double seconds = 1e9;
    for (int run = 0; run < 3; ++run) {
        const auto start = Clock::now();
        method.run();
        seconds = std::min(seconds, std::chrono::duration<double>(Clock::now() - start).count());
    }
    Factor factor;
    const std::int64_t bytes = peakMemoryOf([&] { factor = method.run(); });
    const at::Tensor found = factor.effectiveValues();
    fmt::print("  {:<34} {:8.3f} s {:8.1f} MB {:8.4f} {:8.4f}\n", method.name, seconds,
               static_cast<double>(bytes) / 1e6, relativeError(values, found),
               outputError(values, found, inputs.secondMoment));
}

void measureMatrix(std::int64_t out, std::int64_t in)
{
    const at::Tensor values = normalNumbers({out, in}, 5, 0.04);
    const Inputs inputs = correlatedInputs(in);
    const Codec rows{CodecKind::Affine, 4, Granularity::Channel};
    const Codec groups{CodecKind::Affine, 4, Granularity::Group, 64, false};
    const Codec codebook{CodecKind::Codebook, 8, Granularity::Tensor, 0, true, 16};
    Codec rowCodebook = codebook;
    rowCodebook.granularity = Granularity::Channel;
    Progress &progress = silentProgress();
    const auto byGptq = [&](const GptqOptions &options) {
        return gptq(values, inputs.secondMoment, options, {}, progress);
    };
    const auto byAwq = [&](const AwqOptions &options) {
        return awq(values, inputs.meanMagnitudes, inputs.secondMoment, options, {}, progress)
            .factor;
    };
    fmt::print("[{}, {}]: seconds, memory, error of the weights, of the outputs\n", out, in);
    const Method methods[] = {
        {"4 bits, rows: nearest", [&] { return Factor::encoded(values, rows); }},
        {"  clipped",
         [&] {
             return Factor::encodedWithScales(values, rows,
                                              clippedScales(values, rows, {}, Clip::Mse));
         }},
        {"  GPTQ", [&] { return byGptq({rows}); }},
        {"  GPTQ, act-order",
         [&] {
             return byGptq({rows, true});
         }},
        {"  GPTQ, clipped",
         [&] {
             return byGptq({rows, false, Clip::Mse});
         }},
        {"  AWQ", [&] { return byAwq({rows}); }},
        {"4 bits, groups of 64: nearest", [&] { return Factor::encoded(values, groups); }},
        {"  clipped",
         [&] {
             return Factor::encodedWithScales(values, groups,
                                              clippedScales(values, groups, {}, Clip::Mse));
         }},
        {"  GPTQ", [&] { return byGptq({groups}); }},
        {"  GPTQ, act-order",
         [&] {
             return byGptq({groups, true});
         }},
        {"  AWQ", [&] { return byAwq({groups}); }},
        {"  AWQ, clipped",
         [&] {
             return byAwq({groups, Clip::Mse});
         }},
        {"8 bits, rows: SmoothQuant",
         [&] { return smoothQuant(values, inputs.largest, SmoothQuantOptions{}); }},
        {"16 values: k-means", [&] { return kMeans(values, codebook); }},
        {"16 values a row: k-means", [&] { return kMeans(values, rowCodebook); }},
    };
    for (const Method &method : methods)
        measure(method, values, inputs);
}

} // namespace

int main(int argc, char **argv)
{
    at::set_num_threads(argc > 1 ? std::atoi(argv[1]) : 2);
    measureMatrix(768, 768);
    measureMatrix(3072, 768);
    measureMatrix(768, 3072);
    return 0;
}

// Prints what post-training quantization costs for the matrices of a 12 x 768 encoder: seconds, how
// far memory rises meanwhile, and the error of weights and outputs that is left.
//   benchmark_quantizers [threads]
#include "core/base/random.h"
#include "core/compression/outputerror.h"
#include "core/compression/quantize/awq.h"
#include "core/compression/quantize/codebook.h"
#include "core/compression/quantize/gptq.h"
#include "core/compression/quantize/smoothquant.h"
#include "core/weights/weight.h"
#include "tests/support/peakmemory.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/matmul.h>

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <numbers>

namespace {

using namespace pare;

at::Tensor normalNumbers(const std::vector<std::int64_t> &shape, std::uint64_t seed,
                         double deviation)
{
    Random random(seed);
    at::Tensor tensor = at::empty(shape, at::kFloat);
    for (std::int64_t i = 0; i < tensor.numel(); ++i) {
        const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
        tensor.data_ptr<float>()[i] = static_cast<float>(
            deviation * radius * std::cos(2 * std::numbers::pi * random.uniform()));
    }
    return tensor;
}

struct Inputs
{
    at::Tensor meanMagnitudes;
    at::Tensor largest;
    at::Tensor secondMoment;
};

/// 4,096 tokens along a tenth as many directions as there are inputs, of uneven size.
Inputs correlatedInputs(std::int64_t in)
{
    constexpr std::int64_t tokens = 4096;
    const at::Tensor along =
        at::matmul(normalNumbers({tokens, in / 10}, 1, 1), normalNumbers({in / 10, in}, 2, 0.1));
    const at::Tensor x =
        along.add(normalNumbers({tokens, in}, 3, 0.3)).mul(normalNumbers({in}, 4, 0.7).exp());
    const at::Tensor exact = x.to(at::kDouble);
    return {x.abs().mean(0), x.abs().amax(0), at::matmul(exact.t(), exact)};
}

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

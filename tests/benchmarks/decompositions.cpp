// Prints what pruning by SparseGPT and low-rank factorization cost for the matrices of a 12 x 768
// encoder: seconds, how far memory rises meanwhile, and the error of weights and outputs that is left.
//   benchmark_decompositions [threads]
#include "core/compression/factorize/kronecker.h"
#include "core/compression/factorize/svd.h"
#include "core/compression/factorize/weightedsvd.h"
#include "core/compression/outputerror.h"
#include "core/compression/prune/mask.h"
#include "core/compression/prune/scores.h"
#include "core/compression/prune/sparsegpt.h"
#include "core/weights/weight.h"
#include "tests/benchmarks/layerinputs.h"
#include "tests/support/peakmemory.h"

#include <ATen/Parallel.h>
#include <ATen/ops/kron.h>
#include <ATen/ops/matmul.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

namespace {

using namespace pare;

struct Method
{
    const char *name;
    std::function<at::Tensor()> run; ///< the matrix in its place
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
    at::Tensor found;
    const std::int64_t bytes = peakMemoryOf([&] { found = method.run(); });
    fmt::print("  {:<34} {:8.3f} s {:8.1f} MB {:8.4f} {:8.4f}\n", method.name, seconds,
               static_cast<double>(bytes) / 1e6, relativeError(values, found),
               outputError(values, found, inputs.secondMoment));
}

/// Trained matrices are neither of low rank nor without any structure.
at::Tensor someWeights(std::int64_t out, std::int64_t in)
{
    return at::matmul(normalNumbers({out, 96}, 5, 0.06), normalNumbers({96, in}, 6, 0.06))
        .add(normalNumbers({out, in}, 7, 0.03));
}

void measureMatrix(std::int64_t out, std::int64_t in)
{
    const at::Tensor values = someWeights(out, in);
    const Inputs inputs = correlatedInputs(in);
    const at::Tensor fisher = normalNumbers({out, in}, 8, 1).square();
    const std::int64_t rank = out * in / (out + in) / 2; // half of the weights stay
    Progress &progress = silentProgress();
    const auto masked = [&](const at::Tensor &scores, const MaskSetting &setting) {
        return values.mul(maskOf(scores, setting));
    };
    const auto bySparseGpt = [&](const MaskSetting &setting) {
        return sparseGpt(values, inputs.secondMoment, setting, {}, progress).values;
    };
    const auto product = [](const LowRank &factors) {
        return at::matmul(factors.left, factors.right);
    };
    const auto weighted = [&](const ErrorWeighting &weighting) {
        return product(weightedDecomposition(values, weighting, progress).truncated(rank));
    };
    const MaskSetting half{.sparsity = 0.5};
    const MaskSetting rows{.scope = MaskScope::Row, .sparsity = 0.5};
    const MaskSetting pattern{.scope = MaskScope::Pattern, .kept = 2, .of = 4};
    const MaskSetting blocks{.sparsity = 0.5, .blockRows = 16, .blockColumns = 16};
    const auto wanda = [&] { return wandaScores(values, inputNorms(inputs.secondMoment)); };
    fmt::print("[{}, {}], half of the weights: seconds, memory, error of the weights, of the "
               "outputs\n",
               out, in);
    const Method methods[] = {
        {"magnitude", [&] { return masked(magnitudeScores(values), half); }},
        {"Wanda, rows", [&] { return masked(wanda(), rows); }},
        {"SparseGPT", [&] { return bySparseGpt(half); }},
        {"  rows", [&] { return bySparseGpt(rows); }},
        {"2:4: Wanda", [&] { return masked(wanda(), pattern); }},
        {"  SparseGPT", [&] { return bySparseGpt(pattern); }},
        {"blocks 16x16: Wanda", [&] { return masked(wanda(), blocks); }},
        {"  SparseGPT", [&] { return bySparseGpt(blocks); }},
        {"SVD", [&] { return product(truncated(values, decomposed(values, progress), rank)); }},
        {"FWSVD", [&] { return weighted({.rows = fisherRows(fisher)}); }},
        {"ASVD", [&] { return weighted({.columns = activationColumns(inputs.meanMagnitudes)}); }},
        {"SVD-LLM", [&] { return weighted({.moment = inputs.secondMoment}); }},
        {"Kronecker, half",
         [&] {
             const auto factors =
                 nearestKronecker(values, kroneckerShapeFor(0.5, out, in).value(), progress);
             return at::kron(factors.a, factors.b);
         }},
        {"Kronecker, the least",
         [&] {
             const auto factors =
                 nearestKronecker(values, kroneckerShapeFor(0, out, in).value(), progress);
             return at::kron(factors.a, factors.b);
         }},
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

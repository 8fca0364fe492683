#include "core/base/random.h"
#include "core/network/kernels/attention.h"
#include "core/network/kernels/gemm.h"
#include "core/network/kernels/kernelchoice.h"
#include "core/network/kernels/linearkernel.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <vector>

namespace pare {

namespace {

// The shapes of BERT's base model, with few enough tokens that a slow machine is done in half a
// second.
constexpr std::int64_t tokens = 192;
constexpr std::int64_t width = 768;
constexpr std::int64_t heads = 12;
constexpr std::int64_t sentence = 24;
constexpr int mostRounds = 5;
constexpr double secondsPerQuestion = 0.15;

// A candidate other than the first must win by this much, so that noise does not decide between
// equals.
constexpr double clearly = 0.9;

std::vector<float> randomValues(std::int64_t count)
{
    Random random(1);
    std::vector<float> values(static_cast<std::size_t>(count));
    std::generate(values.begin(), values.end(),
                  [&] { return static_cast<float>(random.uniform() - 0.5); });
    return values;
}

double secondsOf(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The index of the fastest; they take turns, so that a busy moment hits all of them.
std::size_t fastest(const std::vector<std::function<void()>> &candidates)
{
    std::vector<double> best(candidates.size(), std::numeric_limits<double>::infinity());
    for (const auto &candidate : candidates)
        candidate();
    double spent = 0;
    for (int round = 0; round < mostRounds && spent < secondsPerQuestion; ++round) {
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const double seconds = secondsOf(candidates[i]);
            best[i] = std::min(best[i], seconds);
            spent += seconds;
        }
    }
    best[0] *= clearly;
    return static_cast<std::size_t>(std::min_element(best.begin(), best.end()) - best.begin());
}

} // namespace

KernelChoice measuredKernelChoice()
{
    constexpr KernelKind kinds[] = {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32};
    constexpr AttentionKind attentions[] = {AttentionKind::Tiled, AttentionKind::Aten};
    const std::vector<float> x = randomValues(tokens * width * 3);
    const std::vector<float> weight = randomValues(width * width);
    std::vector<float> y(static_cast<std::size_t>(tokens * width));
    std::vector<float> gradient(weight.size());

    std::vector<std::unique_ptr<LinearKernel>> layers;
    std::vector<std::function<void()>> linear;
    std::vector<std::function<void()>> products;
    for (const KernelKind kind : kinds) {
        const LinearKernel *layer =
            layers
                .emplace_back(makeLinearKernel(kind, weight.data(), weight.data(), {width, width},
                                               Epilogue::Gelu))
                .get();
        linear.emplace_back([&, layer] { layer->run(x.data(), y.data(), tokens); });
        products.emplace_back([&, kind] {
            gemm(kind, {.a = x.data(),
                        .b = weight.data(),
                        .c = y.data(),
                        .m = tokens,
                        .n = width,
                        .k = width,
                        .transpositionB = Transposition::Transposed});
            gemm(kind, {.a = x.data(),
                        .b = y.data(),
                        .c = gradient.data(),
                        .m = width,
                        .n = width,
                        .k = tokens,
                        .transpositionA = Transposition::Transposed});
        });
    }
    std::vector<std::function<void()>> attentionKernels;
    for (const AttentionKind kind : attentions) {
        attentionKernels.emplace_back([&, kind] {
            attention(kind, {.q = x.data(),
                             .k = x.data() + width,
                             .v = x.data() + 2 * width,
                             .out = y.data(),
                             .batch = tokens / sentence,
                             .length = sentence,
                             .heads = heads,
                             .headWidth = width / heads,
                             .stride = 3 * width,
                             .scale = 0.125f});
        });
    }
    return {kinds[fastest(linear)], kinds[fastest(products)],
            attentions[fastest(attentionKernels)]};
}

} // namespace pare

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/network/kernels/attention.h"
#include "core/network/kernels/gemm.h"
#include "core/network/kernels/kernelchoice.h"
#include "core/network/kernels/linearkernel.h"
#include "core/network/kernels/tileproduct.h"

#include <algorithm>
#include <chrono>
#include <cmath>
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

constexpr KernelKind kernelKinds[] = {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32};
constexpr AttentionKind attentionKinds[] = {AttentionKind::Tiled, AttentionKind::Aten};

std::vector<float> randomValues(std::int64_t count)
{
    Random random(1);
    std::vector<float> values(static_cast<std::size_t>(count));
    std::generate(values.begin(), values.end(),
                  [&] { return static_cast<float>(random.uniform() - 0.5); });
    return values;
}

/// Infinity for a candidate that cannot run here.
double secondsOf(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    try {
        work();
    } catch (const Error &) {
        return std::numeric_limits<double>::infinity();
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The index of the fastest; they take turns, so that a busy moment hits all of them.
std::size_t fastest(const std::vector<std::function<void()>> &candidates)
{
    std::vector<double> best(candidates.size(), std::numeric_limits<double>::infinity());
    for (const auto &candidate : candidates)
        secondsOf(candidate);
    double spent = 0;
    for (int round = 0; round < mostRounds && spent < secondsPerQuestion; ++round) {
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const double seconds = secondsOf(candidates[i]);
            best[i] = std::min(best[i], seconds);
            spent += std::isfinite(seconds) ? seconds : 0;
        }
    }
    best[0] *= clearly;
    return static_cast<std::size_t>(std::min_element(best.begin(), best.end()) - best.begin());
}

KernelKind fastestLinear(const std::vector<float> &x, const std::vector<float> &weight)
{
    std::vector<float> y(static_cast<std::size_t>(tokens * width));
    std::unique_ptr<LinearKernel> layers[std::size(kernelKinds)];
    std::vector<std::function<void()>> candidates;
    for (std::size_t i = 0; i < std::size(kernelKinds); ++i) {
        candidates.emplace_back([&, i] {
            if (!layers[i])
                layers[i] = makeLinearKernel(kernelKinds[i], weight.data(), weight.data(),
                                             {width, width}, Epilogue::Gelu);
            layers[i]->run(x.data(), y.data(), tokens);
        });
    }
    return kernelKinds[fastest(candidates)];
}

/// `makeLow` and the float32 kernel of `linear` take turns.
LowPrecision fastestLow(KernelKind linear, const std::vector<float> &x,
                        const std::vector<float> &weight,
                        const std::function<std::unique_ptr<LinearKernel>()> &makeLow)
{
    std::vector<float> y(static_cast<std::size_t>(tokens * width));
    std::unique_ptr<LinearKernel> low;
    std::unique_ptr<LinearKernel> wide;
    const auto runLow = [&] {
        if (!low)
            low = makeLow();
        low->run(x.data(), y.data(), tokens);
    };
    const auto runWide = [&] {
        if (!wide)
            wide = makeLinearKernel(linear, weight.data(), weight.data(), {width, width},
                                    Epilogue::Gelu);
        wide->run(x.data(), y.data(), tokens);
    };
    return fastest({runLow, runWide}) == 0 ? LowPrecision::OneDnn : LowPrecision::Float32;
}

LowPrecision fastestBFloat16(KernelKind linear, const std::vector<float> &x,
                             const std::vector<float> &weight)
{
    const std::vector<std::uint16_t> values(weight.size(), 0x3c00);
    return fastestLow(linear, x, weight, [&] {
        return makeBFloat16LinearKernel({values.data()}, weight.data(), {width, width},
                                        Epilogue::Gelu);
    });
}

LowPrecision fastestInt8(KernelKind linear, const std::vector<float> &x,
                         const std::vector<float> &weight)
{
    const std::vector<std::int8_t> codes(weight.size(), 5);
    return fastestLow(linear, x, weight, [&] {
        return makeInt8LinearKernel({codes.data(), weight.data()}, weight.data(), {width, width},
                                    Epilogue::Gelu);
    });
}

GemmArguments forwardProduct(const float *x, const float *weight, float *y)
{
    GemmArguments product{.a = x, .b = weight, .c = y};
    product.m = tokens;
    product.n = product.k = width;
    product.transpositionB = Transposition::Transposed;
    return product;
}

GemmArguments weightGradient(const float *dy, const float *x, float *gradient)
{
    GemmArguments product{.a = dy, .b = x, .c = gradient};
    product.m = product.n = width;
    product.k = tokens;
    product.transpositionA = Transposition::Transposed;
    return product;
}

/// A forward product and a weight's gradient.
KernelKind fastestGemm(const std::vector<float> &x, const std::vector<float> &weight)
{
    std::vector<float> y(static_cast<std::size_t>(tokens * width));
    std::vector<float> gradient(weight.size());
    const GemmArguments forward = forwardProduct(x.data(), weight.data(), y.data());
    const GemmArguments backward = weightGradient(y.data(), x.data(), gradient.data());
    std::vector<std::function<void()>> candidates;
    for (const KernelKind kind : kernelKinds) {
        candidates.emplace_back([&, kind] {
            gemm(kind, forward);
            gemm(kind, backward);
        });
    }
    return kernelKinds[fastest(candidates)];
}

/// The same two, with the rounding that training does.
BFloat16Gemm fastestBFloat16Gemm(const std::vector<float> &x, const std::vector<float> &weight)
{
    if (!multipliesBFloat16() || !hasTileRegisters())
        return BFloat16Gemm::OneDnn;
    std::vector<float> y(static_cast<std::size_t>(tokens * width));
    std::vector<float> gradient(weight.size());
    const auto both = [&](BFloat16Gemm kind) {
        gemmInBFloat16(kind, forwardProduct(x.data(), weight.data(), y.data()));
        gemmInBFloat16(kind, weightGradient(y.data(), x.data(), gradient.data()));
    };
    return fastest({[&] { both(BFloat16Gemm::OneDnn); }, [&] { both(BFloat16Gemm::Tiles); }}) == 0
               ? BFloat16Gemm::OneDnn
               : BFloat16Gemm::Tiles;
}

TrainingPrecision fastestTraining(KernelKind kind, BFloat16Gemm bfloat16,
                                  const std::vector<float> &x, const std::vector<float> &weight)
{
    std::vector<float> y(static_cast<std::size_t>(tokens * width));
    std::vector<float> gradient(weight.size());
    const GemmArguments forward = forwardProduct(x.data(), weight.data(), y.data());
    const GemmArguments backward = weightGradient(y.data(), x.data(), gradient.data());
    const auto inFloat32 = [&] {
        gemm(kind, forward);
        gemm(kind, backward);
    };
    const auto inBFloat16 = [&] {
        gemmInBFloat16(bfloat16, forward);
        gemmInBFloat16(bfloat16, backward);
    };
    return fastest({inFloat32, inBFloat16}) == 0 ? TrainingPrecision::Float32
                                                 : TrainingPrecision::BFloat16;
}

AttentionKind fastestAttention(const std::vector<float> &x)
{
    std::vector<float> y(static_cast<std::size_t>(tokens * width));
    AttentionArguments arguments{.q = x.data(), .k = x.data() + width, .v = x.data() + 2 * width};
    arguments.out = y.data();
    arguments.batch = tokens / sentence;
    arguments.length = sentence;
    arguments.heads = heads;
    arguments.headWidth = width / heads;
    arguments.stride = 3 * width;
    arguments.scale = 0.125f;
    std::vector<std::function<void()>> candidates;
    for (const AttentionKind kind : attentionKinds)
        candidates.emplace_back([&, kind] { attention(kind, arguments); });
    return attentionKinds[fastest(candidates)];
}

} // namespace

KernelChoice measuredKernelChoice()
{
    const std::vector<float> x = randomValues(tokens * width * 3);
    const std::vector<float> weight = randomValues(width * width);
    const KernelKind linear = fastestLinear(x, weight);
    const KernelKind product = fastestGemm(x, weight);
    const BFloat16Gemm bfloat16Gemm = fastestBFloat16Gemm(x, weight);
    return {linear,
            product,
            fastestAttention(x),
            fastestBFloat16(linear, x, weight),
            fastestInt8(linear, x, weight),
            fastestTraining(product, bfloat16Gemm, x, weight),
            bfloat16Gemm};
}

} // namespace pare

// Prints what the kernels reach on this machine: best plain products, linear layers, attention,
// norm.
//   benchmark_kernels [threads]
#include "core/base/random.h"
#include "core/network/kernels/attention.h"
#include "core/network/kernels/gemm.h"
#include "core/network/kernels/linearkernel.h"
#include "core/network/kernels/norm.h"

#include <ATen/Parallel.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace pare;
using Values = std::vector<float>;

constexpr KernelKind kinds[] = {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32};

struct Product
{
    std::int64_t tokens;
    std::int64_t in;
    std::int64_t out;

    double operations() const { return 2.0 * static_cast<double>(tokens * in * out); }
};

Values randomValues(std::int64_t count)
{
    Random random(7);
    Values values(static_cast<std::size_t>(count));
    std::generate(values.begin(), values.end(),
                  [&] { return static_cast<float>(random.uniform() - 0.5); });
    return values;
}

/// Seconds of the fastest of the runs that fit into a fifth of a second (at least three).
double best(const std::function<void()> &work)
{
    using Clock = std::chrono::steady_clock;
    work();
    double fastest = 1e9;
    const auto end = Clock::now() + std::chrono::milliseconds(200);
    for (int run = 0; run < 3 || Clock::now() < end; ++run) {
        const auto start = Clock::now();
        work();
        fastest = std::min(fastest, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return fastest;
}

double bestPlainProduct(const Product &shape)
{
    const Values x = randomValues(shape.tokens * shape.in);
    const Values weight = randomValues(shape.out * shape.in);
    Values y(static_cast<std::size_t>(shape.tokens * shape.out));
    double highest = 0;
    for (const KernelKind kind : kinds) {
        for (const Transposition transposition : {Transposition::None, Transposition::Transposed}) {
            const double seconds = best([&] {
                gemm(kind, {.a = x.data(),
                            .b = weight.data(),
                            .c = y.data(),
                            .m = shape.tokens,
                            .n = shape.out,
                            .k = shape.in,
                            .transpositionB = transposition});
            });
            const double rate = shape.operations() / seconds / 1e9;
            fmt::print("  product [{:4}, {:4}] x {:<14} {:7.1f} GFLOP/s  {}\n", shape.tokens,
                       shape.in,
                       transposition == Transposition::None
                           ? fmt::format("[{}, {}]", shape.in, shape.out)
                           : fmt::format("[{}, {}]ᵀ ", shape.out, shape.in),
                       rate, gemmName(kind));
            highest = std::max(highest, rate);
        }
    }
    return highest;
}

double linear(const Product &shape, Epilogue epilogue, KernelKind kind)
{
    const Values x = randomValues(shape.tokens * shape.in);
    const Values weight = randomValues(shape.out * shape.in);
    Values y(static_cast<std::size_t>(shape.tokens * shape.out));
    const auto kernel =
        makeLinearKernel(kind, weight.data(), weight.data(), {shape.out, shape.in}, epilogue);
    const double seconds = best([&] { kernel->run(x.data(), y.data(), shape.tokens); });
    fmt::print(
        "  linear {:4} x [{:4}, {:4}] {:<5} {:7.1f} GFLOP/s {:8.3f} ms  {:.2f} x weight  {}\n",
        shape.tokens, shape.out, shape.in, epilogue == Epilogue::Gelu ? "gelu" : "",
        shape.operations() / seconds / 1e9, seconds * 1e3,
        static_cast<double>(kernel->bytes()) / static_cast<double>(4 * shape.out * shape.in),
        kernel->name());
    return seconds;
}

double attend(std::int64_t length, AttentionKind kind)
{
    constexpr std::int64_t heads = 12;
    constexpr std::int64_t headWidth = 64;
    const std::int64_t batch = std::max<std::int64_t>(1, 864 / length);
    const std::int64_t width = heads * headWidth;
    const Values qkv = randomValues(batch * length * 3 * width);
    Values out(static_cast<std::size_t>(batch * length * width));
    const double seconds = best([&] {
        attention(kind, {.q = qkv.data(),
                         .k = qkv.data() + width,
                         .v = qkv.data() + 2 * width,
                         .out = out.data(),
                         .batch = batch,
                         .length = length,
                         .heads = heads,
                         .headWidth = headWidth,
                         .stride = 3 * width,
                         .scale = 0.125f});
    });
    const double operations = 4.0 * static_cast<double>(batch * length * length * width);
    fmt::print("  attention {:3} x {:3} tokens {:8.3f} ms {:7.1f} GFLOP/s  {}\n", batch, length,
               seconds * 1e3, operations / seconds / 1e9, attentionName(kind));
    return seconds;
}

double norm(std::int64_t tokens, std::int64_t width)
{
    const Values x = randomValues(tokens * width);
    const Values residual = randomValues(tokens * width);
    const Values gamma = randomValues(width);
    Values y(x.size());
    const double seconds = best([&] {
        layerNorm({.x = x.data(),
                   .residual = residual.data(),
                   .y = y.data(),
                   .tokens = tokens,
                   .width = width,
                   .norm = {gamma.data(), gamma.data(), 1e-12}});
    });
    fmt::print("  norm of sum [{}, {}] {:8.3f} ms {:6.1f} GB/s\n", tokens, width, seconds * 1e3,
               12.0 * static_cast<double>(tokens * width) / seconds / 1e9);
    return seconds;
}

} // namespace

int main(int argc, char **argv)
{
    const int threads = argc > 1 ? std::atoi(argv[1]) : 2;
    at::set_num_threads(threads);
    setKernelThreads(threads);
    fmt::print("{}\n", kernelMachine());
    KernelChoice choice;
    const auto start = std::chrono::steady_clock::now();
    choice = measuredKernelChoice();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    fmt::print("measured choice: {} ({:.2f} s)\n", kernelChoiceText(choice), took.count());

    double highest = 0;
    for (const Product &shape : {Product{864, 768, 768}, Product{864, 768, 3072},
                                 Product{864, 3072, 768}, Product{27, 768, 768}})
        highest = std::max(highest, bestPlainProduct(shape));
    fmt::print("best plain product: {:.1f} GFLOP/s\n", highest);

    double block = 0;
    double operations = 0;
    for (const std::int64_t tokens :
         {std::int64_t{1}, std::int64_t{27}, std::int64_t{860}, std::int64_t{864}}) {
        block = operations = 0;
        const Product shapes[] = {
            {tokens, 768, 2304}, {tokens, 768, 768}, {tokens, 768, 3072}, {tokens, 3072, 768}};
        for (const Product &shape : shapes) {
            const Epilogue epilogue = shape.out == 3072 ? Epilogue::Gelu : Epilogue::None;
            block += linear(shape, epilogue, KernelKind::OneDnnFloat32);
            operations += shape.operations();
        }
    }
    linear({864, 768, 3072}, Epilogue::None, KernelKind::OneDnnFloat32);
    linear({864, 768, 3072}, Epilogue::Gelu, KernelKind::AtenFloat32);

    for (const std::int64_t length : {8, 27, 64, 128, 512}) {
        const double seconds = attend(length, AttentionKind::Tiled);
        attend(length, AttentionKind::Aten);
        if (length == 27) {
            block += seconds;
            operations += 4.0 * 32 * 27 * 27 * 768;
        }
    }
    block += 2 * norm(864, 768);
    norm(27, 768);
    fmt::print("one block of 12 x 768 on 32 sentences of 27 tokens: {:.2f} ms, {:.1f} GFLOP/s, "
               "{:.0f} % of "
               "the best plain product\n",
               block * 1e3, operations / block / 1e9, 100 * operations / block / 1e9 / highest);
    return 0;
}

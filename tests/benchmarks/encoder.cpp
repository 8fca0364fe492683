// Prints what a whole forward pass reaches beside the best plain product of the same run, how much
// memory a model takes beside the size of its weights, and how much faster bfloat16 and int8 are
// than our own float32: a random BERT of 12 layers, 768 wide, on sentences of about 27 tokens.
//   benchmark_encoder [threads]
#include "core/base/random.h"
#include "core/network/computing.h"
#include "core/network/kernels/gemm.h"
#include "core/network/kernels/linearkernel.h"
#include "core/network/kernels/onednn.h"
#include "core/network/network.h"
#include "core/tensors/safetensorsfile.h"
#include "tests/support/peakmemory.h"
#include "tests/support/randommodel.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace {

using namespace pare;
using Clock = std::chrono::steady_clock;

constexpr int vocabulary = 30522;
constexpr int sentences = 32;
constexpr int rounds = 7;
constexpr int comparedRounds = 15;

NetworkSpecification bertBase()
{
    NetworkSpecification network;
    network.architecture = "bert";
    network.embedding = {vocabulary, 768, 512, 2, 0};
    BlockSpecification block;
    block.width = 768;
    block.heads = 12;
    block.feedForwardWidth = 3072;
    network.stacks.push_back({"encoder", 12, block});
    network.head = HeadKind::Classification;
    network.labels = {"no", "yes"};
    return network;
}

PackedBatch batchOf(int count)
{
    Random random(3);
    std::vector<Sequence> all;
    for (int i = 0; i < count; ++i) {
        Sequence sequence;
        sequence.ids.resize(15 + random.below(25)); // 15 … 39, 27 on average
        for (std::int64_t &id : sequence.ids)
            id = static_cast<std::int64_t>(random.below(vocabulary));
        sequence.types.resize(sequence.ids.size());
        all.push_back(std::move(sequence));
    }
    return packed(all);
}

template <class Work>
std::vector<double> secondsOf(Work work)
{
    work();
    std::vector<double> seconds;
    for (int i = 0; i < rounds; ++i) {
        const auto start = Clock::now();
        work();
        seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
    std::ranges::sort(seconds);
    return seconds;
}

double bestProduct(std::int64_t tokens)
{
    std::vector<float> a(static_cast<std::size_t>(tokens) * 3072, 0.5f), b(768 * 3072, 0.25f),
        c(a.size());
    double best = 0;
    for (const KernelKind kind : {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32}) {
        for (const auto &[n, k] : {std::pair{3072, 768}, {768, 3072}, {768, 768}}) {
            for (const Transposition transposition :
                 {Transposition::None, Transposition::Transposed}) {
                GemmArguments product;
                product.a = a.data();
                product.b = b.data();
                product.c = c.data();
                product.m = tokens;
                product.n = n;
                product.k = k;
                product.transpositionB = transposition;
                const double seconds = secondsOf([&] { gemm(kind, product); }).front();
                best = std::max(best, 2e-9 * static_cast<double>(tokens * n * k) / seconds);
            }
        }
    }
    return best;
}

/// The same model with every matrix but the embeddings stored that way.
ModelWeights encodedWeights(const ModelWeights &weights, const Codec &codec)
{
    ModelWeights result = weights;
    for (auto &[name, layer] : result.layers) {
        if (!name.starts_with("embedding.") && shapeOf(layer.weight).size() == 2)
            layer.weight = Factor::encoded(denseValues(layer.weight), codec);
    }
    return result;
}

Codec eightBits()
{
    Codec codec{CodecKind::Affine, 8, Granularity::Channel};
    codec.activationBits = 8;
    return codec;
}

struct Spread
{
    double least;
    double median;
    double most;
};

Spread spreadOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return {values.front(), values[values.size() / 2], values.back()};
}

struct Variant
{
    const char *name;
    double aim; ///< times our own float32, where the processor has the instructions
    Network network;
    std::vector<double> seconds;
};

void compare(std::vector<Variant> &variants, const PackedBatch &batch)
{
    const auto has = [](Precision precision) {
        return oneDnnHasInstructions(precision) ? "has" : "does not have";
    };
    fmt::print(
        "{}\nthe processor {} instructions for bfloat16 and {} those for int8; kernels: {}\n",
        kernelMachine(), has(Precision::BFloat16), has(Precision::Int8),
        kernelChoiceText(kernelChoice()));
    for (int round = -2; round < comparedRounds; ++round) { // the first two warm up
        for (Variant &variant : variants) {
            const auto start = Clock::now();
            variant.network.logits(batch);
            if (round >= 0)
                variant.seconds.push_back(
                    std::chrono::duration<double>(Clock::now() - start).count());
        }
    }
    for (const Variant &variant : variants) {
        const double operations = 2e-9 * static_cast<double>(variant.network.multiplyAdds(batch));
        std::vector<double> ratios;
        for (int round = 0; round < comparedRounds; ++round)
            ratios.push_back(variants[0].seconds[round] / variant.seconds[round]);
        const Spread seconds = spreadOf(variant.seconds);
        const Spread ratio = spreadOf(ratios);
        fmt::print("{:<8} {:6.1f} ms (median; {:.1f} … {:.1f}), {:5.0f} GFLOP/s, {:.2f} x float32 "
                   "({:.2f} … {:.2f}; aim {:.1f})  {}\n",
                   variant.name, 1e3 * seconds.median, 1e3 * seconds.least, 1e3 * seconds.most,
                   operations / seconds.median, ratio.median, ratio.least, ratio.most, variant.aim,
                   variant.network.kernels().at("encoder.0.ffn.up"));
    }
}

} // namespace

int main(int argc, char **argv)
{
    startComputing(argc > 1 ? std::atoi(argv[1]) : 0);
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / fmt::format("pare-benchmark-{}", ::getpid());
    const NetworkSpecification specification = bertBase();
    writeModel(folder, specification, test::randomWeights(specification, 1), folder);
    const PackedBatch batch = batchOf(sentences);
    bestProduct(64); // libraries, threads and kernel choice belong to the idle program
    malloc_trim(0);

    const std::int64_t idle = processMemory("VmRSS:");
    std::int64_t weightBytes = 0;
    {
        const Checkpoint checkpoint = openCheckpoint(folder);
        weightBytes = checkpoint.description.bytes;
        const Network network(specification, checkpoint.weights,
                              [&](const std::string &) { checkpoint.file->releasePages(); });
        network.logits(batch);
        const std::int64_t peakRise = processMemory("VmHWM:") - idle;
        const std::int64_t rise = processMemory("VmRSS:") - idle;
        fmt::print("weights {:.0f} MB; memory over the idle program: {:.0f} MB now ({:.2f} times "
                   "the weights), peak of the process {:.0f} MB above idle\n",
                   1e-6 * weightBytes, 1e-6 * rise, static_cast<double>(rise) / weightBytes,
                   1e-6 * peakRise);

        const double product = bestProduct(batch.tokens());
        const std::vector<double> seconds = secondsOf([&] { network.logits(batch); });
        const double operations = 2e-9 * static_cast<double>(network.multiplyAdds(batch));
        const double reached = operations / seconds[rounds / 2];
        fmt::print("{} sentences, {} tokens: {:.1f} ms (median; {:.1f} … {:.1f}), {:.0f} GFLOP/s\n",
                   sentences, batch.tokens(), 1e3 * seconds[rounds / 2], 1e3 * seconds.front(),
                   1e3 * seconds.back(), reached);
        fmt::print(
            "best plain product {:.0f} GFLOP/s; the whole forward pass reaches {:.0f} % of it\n",
            product, 100 * reached / product);
        fmt::print("kernel: {}\n", network.kernels().begin()->second);
    }
    {
        const Checkpoint checkpoint = openCheckpoint(folder);
        const auto networkOf = [&](const Codec &codec) {
            return Network(specification, encodedWeights(checkpoint.weights, codec));
        };
        std::vector<Variant> variants;
        variants.push_back({"float32", 1, networkOf({CodecKind::Float32}), {}});
        variants.push_back({"bfloat16", 1.6, networkOf({CodecKind::BFloat16}), {}});
        variants.push_back({"int8", 2.5, networkOf(eightBits()), {}});
        compare(variants, batch);
    }
    std::filesystem::remove_all(folder);
    return 0;
}

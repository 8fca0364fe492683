// Prints the most memory that steps of training take beside what is foreseen, for batches of several
// sizes, and whether many steps take more than few: a random BERT classifier of 6 layers, 384 wide.
//   benchmark_trainingmemory [THREADS] [STEPS]
// Foreseen: five numbers for each parameter (what it began as, itself, its gradient, two moments) and what
// is kept of a batch between forward and backward.
#include "core/base/random.h"
#include "core/network/computing.h"
#include "core/network/kernels/gemm.h"
#include "core/network/trainablenetwork.h"
#include "core/training/adamw.h"
#include "tests/support/peakmemory.h"

#include <ATen/core/Tensor.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

namespace {

using namespace pare;

constexpr std::int64_t vocabulary = 30522;
constexpr std::int64_t width = 384;
constexpr std::int64_t heads = 6;
constexpr int blocks = 6;

NetworkSpecification encoder()
{
    NetworkSpecification network;
    network.architecture = "bert";
    network.embedding = {vocabulary, width, 512, 2, 0};
    BlockSpecification block;
    block.width = width;
    block.heads = heads;
    block.feedForwardWidth = 4 * width;
    network.stacks.push_back({"encoder", blocks, block});
    network.labels = {"a", "b"};
    network.head = HeadKind::Classification;
    return network;
}

struct BatchSize
{
    std::size_t sentences = 0;
    std::int64_t length = 0;
};

PackedBatch randomBatch(const BatchSize &size, Random &random)
{
    std::vector<Sequence> sequences(size.sentences);
    for (Sequence &sequence : sequences) {
        sequence.ids.resize(static_cast<std::size_t>(size.length));
        sequence.types.resize(sequence.ids.size());
        for (std::int64_t &id : sequence.ids)
            id = static_cast<std::int64_t>(random.below(vocabulary));
    }
    return packed(sequences);
}

/// Of one token in one block: what its linear layers see (2 or 4 bytes a value), then queries, keys,
/// values and what the activation sees, two normalized rows, and its rows of probabilities.
std::int64_t keptBytes(const BatchSize &size, TrainingPrecision precision)
{
    const std::int64_t half = precision == TrainingPrecision::BFloat16 ? 2 : 4;
    const std::int64_t ofBlock =
        7 * width * half + (3 + 4 + 2) * width * 4 + heads * size.length * 4;
    return static_cast<std::int64_t>(size.sentences) * size.length * (blocks * ofBlock + width * 4);
}

struct Training
{
    explicit Training(TrainingPrecision given)
        : precision(given)
        , network(encoder(), {}, 1)
        , optimizer(network.parameters(), {})
    {}

    std::int64_t parameters() const
    {
        std::int64_t count = 0;
        for (const NamedParameter &parameter : network.parameters())
            count += parameter.tensor.numel();
        return count;
    }

    void step(const PackedBatch &batch)
    {
        ForwardOptions options;
        options.dropout = DropoutStep{1, ++steps};
        options.precision = precision;
        network.logits(batch, options).square().mean().backward();
        optimizer.step(1e-5);
        network.clearGradients();
    }

    TrainingPrecision precision;
    TrainableNetwork network;
    AdamW optimizer;
    std::int64_t steps = 0;
};

void measure(const BatchSize &size, TrainingPrecision precision)
{
    std::int64_t parameters = 0;
    const std::int64_t peak = peakMemoryOf([&] {
        Random random(3);
        Training training(precision);
        parameters = training.parameters();
        for (int i = 0; i < 3; ++i)
            training.step(randomBatch(size, random));
    });
    const std::int64_t foreseen = 5 * 4 * parameters + keptBytes(size, precision);
    const auto megabytes = [](std::int64_t bytes) { return static_cast<double>(bytes) / 1e6; };
    fmt::print("{:<8} {:3} x {:3} tokens: {:7.1f} MB, foreseen {:7.1f} MB ({:+.0f} %)\n",
               trainingPrecisionName(precision), size.sentences, size.length, megabytes(peak),
               megabytes(foreseen),
               100.0 * static_cast<double>(foreseen - peak) /
                   static_cast<double>(std::max<std::int64_t>(peak, 1)));
}

/// With batches of changing shape, as training has them.
void measureGrowth(TrainingPrecision precision, int steps)
{
    Random random(4);
    Training training(precision);
    const auto some = [&](int count) {
        for (int i = 0; i < count; ++i)
            training.step(
                randomBatch({8, static_cast<std::int64_t>(8 + random.below(40))}, random));
        return processMemory("VmRSS:");
    };
    const std::int64_t before = some(20);
    const std::int64_t after = some(steps);
    fmt::print("{:<8} after 20 steps {:.1f} MB, {} steps later {:.1f} MB\n",
               trainingPrecisionName(precision), static_cast<double>(before) / 1e6, steps,
               static_cast<double>(after) / 1e6);
}

} // namespace

int main(int argc, char **argv)
{
    startComputing(argc > 1 ? std::atoi(argv[1]) : 0);
    const int steps = argc > 2 ? std::max(1, std::atoi(argv[2])) : 200;
    {
        // What libraries allocate once is no part of a batch.
        Random random(2);
        Training(fastestTrainingPrecision()).step(randomBatch({2, 8}, random));
    }
    for (const TrainingPrecision precision :
         {TrainingPrecision::Float32, TrainingPrecision::BFloat16}) {
        if (precision == TrainingPrecision::BFloat16 && !multipliesBFloat16())
            continue;
        for (const BatchSize size : {BatchSize{8, 32}, {32, 32}, {32, 128}, {128, 64}})
            measure(size, precision);
        measureGrowth(precision, steps);
    }
    return 0;
}

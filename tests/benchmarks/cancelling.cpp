// Prints how long a training takes to stop once it is cancelled, at random moments of its steps: a
// random BERT classifier of 12 layers, 768 wide, batches of 1,024 tokens.
//   benchmark_cancelling [THREADS] [TRIALS]
#include "core/base/random.h"
#include "core/network/computing.h"
#include "core/network/kernels/gemm.h"
#include "core/network/trainablenetwork.h"
#include "core/training/objectivelesson.h"
#include "core/training/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace {

using namespace pare;
using Clock = std::chrono::steady_clock;

/// Cancelled from another thread.
class Stoppable : public Progress
{
public:
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return m_cancelled.load(); }
    void cancel() { m_cancelled.store(true); }

private:
    std::atomic<bool> m_cancelled = false;
};

NetworkSpecification encoder()
{
    NetworkSpecification network;
    network.architecture = "bert";
    network.embedding = {30522, 768, 512, 2, 0};
    BlockSpecification block;
    block.width = 768;
    block.heads = 12;
    block.feedForwardWidth = 3072;
    network.stacks.push_back({"encoder", 12, block});
    network.labels = {"a", "b"};
    network.head = HeadKind::Classification;
    return network;
}

TrainingData randomTexts(std::size_t count)
{
    Random random(3);
    TrainingData data;
    for (std::size_t i = 0; i < count; ++i) {
        Sequence text;
        text.ids.resize(15 + random.below(25));
        text.types.resize(text.ids.size());
        for (std::int64_t &id : text.ids)
            id = static_cast<std::int64_t>(random.below(30522));
        data.train.sequences.push_back(std::move(text));
        data.train.labels.push_back(static_cast<std::int64_t>(i % 2));
    }
    return data;
}

/// Milliseconds from the moment of cancelling until the training has answered.
double answerTime(Lesson &lesson, const TrainingOptions &options, std::chrono::milliseconds after)
{
    Stoppable progress;
    Trainer trainer(lesson, options);
    Clock::time_point cancelled;
    std::thread canceller([&] {
        std::this_thread::sleep_for(after);
        cancelled = Clock::now();
        progress.cancel();
    });
    try {
        trainer.run(progress, {});
    } catch (const Cancelled &) {
    }
    const Clock::time_point answered = Clock::now();
    canceller.join();
    return std::chrono::duration<double, std::milli>(answered - cancelled).count();
}

} // namespace

int main(int argc, char **argv)
{
    startComputing(argc > 1 ? std::atoi(argv[1]) : 0);
    const int trials = argc > 2 ? std::max(1, std::atoi(argv[2])) : 60;
    const TrainingData data = randomTexts(20000);
    TrainableNetwork network(encoder(), {}, 1);
    for (const TrainingPrecision precision :
         {TrainingPrecision::Float32, TrainingPrecision::BFloat16}) {
        if (precision == TrainingPrecision::BFloat16 && !multipliesBFloat16())
            continue;
        TrainingOptions options;
        options.precision = precision;
        options = withDefaults(options, network.specification(), TrainingStart::Scratch);
        ObjectiveLesson lesson(network, data, options.batchTokens);
        Random random(5);
        std::vector<double> times;
        for (int i = 0; i < trials; ++i)
            times.push_back(answerTime(
                lesson, options, std::chrono::milliseconds(500 + random.below(4000))));
        std::ranges::sort(times);
        fmt::print("{:<8} median {:.0f} ms, 95th percentile {:.0f} ms, longest {:.0f} ms of {}\n",
                   trainingPrecisionName(precision), times[times.size() / 2],
                   times[times.size() * 95 / 100], times.back(), trials);
    }
    return 0;
}

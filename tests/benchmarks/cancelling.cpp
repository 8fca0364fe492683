// Prints how long work takes to stop once it is cancelled, at random moments: on a random BERT classifier of BLOCKS
// blocks (12), WIDTH wide (768), the steps of a training in batches of 1,024 tokens; a sweep per layer, its coarse pass
// and what comes after, layers left out, pairs, and the blame for changed answers.
//   benchmark_cancelling [THREADS] [TRIALS] [BLOCKS WIDTH] [NAME]
// NAME: only what is called so.
#include "core/base/random.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/experiment.h"
#include "core/experiment/sweep.h"
#include "core/network/computing.h"
#include "core/network/kernels/gemm.h"
#include "core/network/trainablenetwork.h"
#include "core/search/blame.h"
#include "core/search/interactions.h"
#include "core/search/layersweep.h"
#include "core/search/leaveoneout.h"
#include "core/training/objectivelesson.h"
#include "core/training/trainer.h"
#include "tests/benchmarks/randomclassifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <numeric>
#include <optional>
#include <string>
#include <thread>

namespace {

using namespace pare;
namespace fs = std::filesystem;
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

NetworkSpecification encoder(int blocks, int width)
{
    NetworkSpecification network;
    network.architecture = "bert";
    network.embedding = {30522, width, 512, 2, 0};
    BlockSpecification block;
    block.width = width;
    block.heads = width / 64;
    block.feedForwardWidth = 4 * width;
    network.stacks.push_back({"encoder", blocks, block});
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

using Work = std::function<void(Progress &)>;

/// Milliseconds from the moment of cancelling until the work has answered; nothing: it was done before.
std::optional<double> answerTime(const Work &work, std::chrono::milliseconds after)
{
    Stoppable progress;
    Clock::time_point cancelled;
    std::thread canceller([&] {
        std::this_thread::sleep_for(after);
        cancelled = Clock::now();
        progress.cancel();
    });
    bool wasCancelled = false;
    try {
        work(progress);
    } catch (const Cancelled &) {
        wasCancelled = true;
    }
    const Clock::time_point answered = Clock::now();
    canceller.join();
    if (!wasCancelled)
        return std::nullopt;
    return std::chrono::duration<double, std::milli>(answered - cancelled).count();
}

/// What is timed, and how.
struct Trials
{
    int count = 60;
    std::string only; ///< empty: everything

    void print(const std::string &name, const Work &work) const
    {
        if (!only.empty() && only != name)
            return;
        Random random(5);
        std::vector<double> times;
        for (int i = 0; i < count; ++i) {
            const auto after = std::chrono::milliseconds(100 + random.below(4000));
            if (const std::optional<double> time = answerTime(work, after))
                times.push_back(*time);
        }
        std::ranges::sort(times);
        if (times.empty())
            fmt::print("{:<12} was done each time before it was cancelled\n", name);
        else
            fmt::print(
                "{:<12} median {:.0f} ms, 95th percentile {:.0f} ms, longest {:.0f} ms of {}\n",
                name, times[times.size() / 2], times[times.size() * 95 / 100], times.back(),
                times.size());
        std::fflush(stdout);
    }
};

void timeTraining(const Trials &trials, int blocks, int width)
{
    const TrainingData data = randomTexts(20000);
    TrainableNetwork network(encoder(blocks, width), {}, 1);
    for (const TrainingPrecision precision :
         {TrainingPrecision::Float32, TrainingPrecision::BFloat16}) {
        if (precision == TrainingPrecision::BFloat16 && !multipliesBFloat16())
            continue;
        TrainingOptions options;
        options.precision = precision;
        options = withDefaults(options, network.specification(), TrainingStart::Scratch);
        ObjectiveLesson lesson(network, data, options.batchTokens);
        trials.print(std::string(trainingPrecisionName(precision)),
                     [&](Progress &progress) { Trainer(lesson, options).run(progress, {}); });
    }
}

/// Into an empty folder: nothing is known from before.
void forget(const fs::path &cache)
{
    fs::remove_all(cache);
    setenv("XDG_CACHE_HOME", cache.c_str(), 1);
}

void timeWhatIf(const Trials &trials, const fs::path &folder, Experiment &experiment)
{
    const fs::path cache = folder / "cache";
    const std::vector<std::string> options{"quantize.affine bits=8|4|3|2",
                                           "prune.magnitude sparsity=0.5|0.9",
                                           "factorize.svd keep=0.5", "quantize.ternary"};
    const auto recipesOf = [&](const std::vector<std::string> &some) {
        return sweepRecipesPerLayer({}, some, experiment.checkpoint().description);
    };
    forget(cache);
    trials.print("sweep", [&](Progress &progress) {
        forget(cache);
        LayerSweep(experiment, {}, recipesOf(options), {}, progress).run(progress);
    });
    // What is asked of a table needs one.
    forget(cache);
    const SweepOptions few{64, 16, 0};
    LayerSweep sweep(experiment, {}, recipesOf({"quantize.affine bits=3|2 @ role=query,up"}), few,
                     silentProgress());
    sweep.run(silentProgress());
    // Taken up again where the last trial stopped.
    trials.print("refining", [&](Progress &progress) {
        LayerSweep(experiment, {}, recipesOf({"quantize.affine bits=3|2 @ role=query,up"}),
                   {2000, 16, 0}, progress)
            .run(progress);
    });
    trials.print("left out", [&](Progress &progress) {
        leftOutResponses(experiment, sweep.table(), few, progress);
    });
    ResponseTable table = sweep.table();
    std::vector<std::size_t> all(table.responses.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const std::vector<ResponsePair> pairs = doubtfulPairs(table, all, 1000);
    trials.print("pairs",
                 [&](Progress &progress) { askJointly(experiment, table, pairs, few, progress); });
    std::vector<std::size_t> examples(200);
    std::iota(examples.begin(), examples.end(), std::size_t{0});
    const Recipe coarse = checked(Recipe{{parsedStep("quantize.affine bits=2")}});
    trials.print("blame",
                 [&](Progress &progress) { blamedLayers(experiment, coarse, examples, progress); });
}

} // namespace

int main(int argc, char **argv)
{
    const int threads = argc > 1 ? std::atoi(argv[1]) : 0;
    startComputing(threads);
    const Trials trials{argc > 2 ? std::max(1, std::atoi(argv[2])) : 60, argc > 5 ? argv[5] : ""};
    const int blocks = argc > 4 ? std::atoi(argv[3]) : 12;
    const int width = argc > 4 ? std::atoi(argv[4]) : 768;
    const fs::path folder = fs::temp_directory_path() / "pare-benchmark-cancelling";
    test::writeRandomClassifier(folder / "model", blocks, width);
    setenv("XDG_CACHE_HOME", (folder / "cache").c_str(), 1);
    ExperimentOptions options;
    options.model = folder / "model";
    options.data = (folder / "model/test.tsv").string();
    options.threads = threads;
    {
        Experiment experiment(options, silentProgress());
        timeWhatIf(trials, folder, experiment);
    }
    fs::remove_all(folder);
    if (trials.only.empty() || trials.only.find("float") != std::string::npos)
        timeTraining(trials, blocks, width);
    return 0;
}

// What a sweep per layer gains over the plain loop that measures every option at every place on all examples.
//
//   benchmark_sweep [THREADS] [PLAIN] [BLOCKS WIDTH | MODEL DATA]
//
// Without more it makes a random BERT classifier of 12 blocks, 768 wide, and 2,000 examples. Eight options
// on the six matrices of every block. The plain loop is timed on PLAIN of the recipes (24), evenly spread, right beside
// the sweep; its whole time is that times the number of recipes, and rankings are compared on those. Prints how many
// times as fast the sweep is, Spearman's correlation of the two rankings by distance from the original's answers, and
// when the coarse table was complete. The last line is JSON.
#include "core/experiment/sweep.h"
#include "core/checkpoint/checkpoint.h"
#include "core/evaluation/statistics.h"
#include "core/experiment/experiment.h"
#include "core/network/computing.h"
#include "core/search/layersweep.h"
#include "tests/benchmarks/randomclassifier.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>

#include <fmt/format.h>

using namespace pare;
namespace fs = std::filesystem;

namespace {

double seconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Of all threads; what other programs do does not count.
double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

const std::vector<std::string> options{"quantize.affine bits=8|4|3|2",
                                       "prune.magnitude sparsity=0.5|0.9", "factorize.svd keep=0.5",
                                       "quantize.ternary"};

struct Folder
{
    fs::path path = fs::temp_directory_path() / "pare-benchmark-sweep";
    ~Folder() { fs::remove_all(path); }
};

} // namespace

int main(int argc, char **argv)
{
    const int threads = argc > 1 ? std::atoi(argv[1]) : 2;
    const auto plain = static_cast<std::size_t>(argc > 2 ? std::atoi(argv[2]) : 24);
    const Folder folder;
    fs::create_directories(folder.path);
    setenv("XDG_CACHE_HOME", (folder.path / "cache").c_str(), 1); // nothing is known from before
    ExperimentOptions experimentOptions;
    experimentOptions.threads = threads;
    experimentOptions.model = folder.path / "model";
    experimentOptions.data = (folder.path / "model/test.tsv").string();
    const int blocks = argc > 4 ? std::atoi(argv[3]) : 12;
    if (blocks > 0) {
        test::writeRandomClassifier(experimentOptions.model, blocks,
                                    argc > 4 ? std::atoi(argv[4]) : 768);
    } else {
        experimentOptions.model = argv[3];
        experimentOptions.data = argv[4];
    }
    startComputing(threads);
    Experiment experiment(experimentOptions, silentProgress());
    const std::vector<Recipe> recipes =
        sweepRecipesPerLayer({}, options, experiment.checkpoint().description);

    const double start = seconds(), processorStart = processorSeconds();
    LayerSweep sweep(experiment, {}, recipes, {}, silentProgress());
    const SweepForecast forecast = sweep.forecast();
    double coarse = 0, coarseShare = 0;
    sweep.run(silentProgress(), [&](const SweepState &state) {
        if (coarse > 0 || state.changed + 1 < recipes.size())
            return;
        coarse = seconds() - start;
        coarseShare = processorSeconds() - processorStart;
    });
    const double whole = seconds() - start;
    coarseShare /= processorSeconds() - processorStart;
    const ResponseTable &table = sweep.table();
    std::int64_t rows = 0;
    for (const Response &response : table.responses)
        rows += table.rows(response);

    experiment.original(silentProgress());
    std::vector<double> estimated, measured, times;
    for (std::size_t i = 0; i < std::min(plain, recipes.size()); ++i) {
        const std::size_t number = i * recipes.size() / plain;
        const double before = seconds();
        const Run run = experiment.run(recipes[number], silentProgress());
        times.push_back(seconds() - before);
        measured.push_back(1 - run.probabilityLoyalty.value);
        estimated.push_back(table.estimateOf(table.responses[number]).distance);
    }
    const double loop = std::accumulate(times.begin(), times.end(), 0.0) /
                        static_cast<double>(times.size()) * static_cast<double>(recipes.size());
    fmt::print("{} places and options, {} examples, {} threads\n", recipes.size(),
               table.order.size(), threads);
    fmt::print(
        "sweep       {:8.1f} s; {:.0f} examples asked of each in the mean; foreseen {:.0f} s\n",
        whole, static_cast<double>(rows) / static_cast<double>(recipes.size()), forecast.seconds);
    fmt::print("coarse      {:8.1f} s, {:.1f} % of the processor's time (aim: under 10 %)\n",
               coarse, 100 * coarseShare);
    fmt::print("plain loop  {:8.1f} s, from {} of its runs\n", loop, times.size());
    fmt::print("{:.1f} times as fast (aim 10); Spearman {:.3f} (aim 0.95)\n", loop / whole,
               rankCorrelation(estimated, measured));
    fmt::print("{}\n", nlohmann::json{{"sweepVsLoop", loop / whole},
                                      {"spearman", rankCorrelation(estimated, measured)},
                                      {"coarseShare", coarseShare}}
                           .dump());
    return 0;
}

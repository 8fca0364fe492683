// What a sweep per layer gains over the plain loop that measures every option at every place on all examples.
//
//   benchmark_sweep [THREADS] [PLAIN] [MODEL DATA]
//
// Without MODEL and DATA it makes a random BERT classifier of 12 blocks, 768 wide, and 2,000 examples. Eight options
// on the six matrices of every block. The plain loop is timed on PLAIN of the recipes (24), evenly spread, right beside
// the sweep; its whole time is that times the number of recipes, and rankings are compared on those. Prints how many
// times as fast the sweep is, Spearman's correlation of the two rankings by distance from the original's answers, and
// when the coarse table was complete. The last line is JSON.
#include "core/experiment/sweep.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/modelfolder.h"
#include "core/experiment/experiment.h"
#include "core/network/computing.h"
#include "core/search/layersweep.h"
#include "tests/support/randommodel.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
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

const std::vector<std::string> options{"quantize.affine bits=8|4|3|2",
                                       "prune.magnitude sparsity=0.5|0.9", "factorize.svd keep=0.5",
                                       "quantize.ternary"};

std::vector<double> ranks(const std::vector<double> &values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        ranks[order[i]] = static_cast<double>(i);
    return ranks;
}

double spearman(const std::vector<double> &a, const std::vector<double> &b)
{
    const std::vector<double> x = ranks(a), y = ranks(b);
    const double n = static_cast<double>(x.size());
    double squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        squares += (x[i] - y[i]) * (x[i] - y[i]);
    return 1 - 6 * squares / (n * (n * n - 1));
}

/// 12 x 768, weights about as large as trained ones, and sentences of 10 tokens in the mean.
void writeModelAndData(const fs::path &folder)
{
    test::RandomModel shape{768, 12, 3072, 12, 64};
    const NetworkSpecification specification = test::randomSpecification(shape);
    ModelWeights weights = test::randomWeights(specification, 1);
    for (auto &[name, layer] : weights.layers) {
        const bool isMatrix = shapeOf(layer.weight).size() == 2;
        if (isMatrix && name != "classifier" && !name.starts_with("embedding."))
            layer.weight = Factor::dense(denseValues(layer.weight).mul(0.15));
    }
    writeModel(folder, specification, weights, folder);
    writeFile(folder / "vocab.txt", test::randomModelVocabulary());
    Random random(1);
    std::string text = "text\tlabel\n";
    const char *labels[] = {"bird", "fish", "tree"};
    for (int row = 0; row < 2000; ++row) {
        for (std::uint64_t i = 0; i < 4 + random.below(9); ++i)
            text += std::string(i > 0 ? " " : "") + static_cast<char>('a' + random.below(26));
        text += std::string("\t") + labels[random.below(3)] + "\n";
    }
    writeFile(folder / "test.tsv", text);
}

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
    experimentOptions.model = argc > 4 ? fs::path(argv[3]) : folder.path / "model";
    experimentOptions.data = argc > 4 ? argv[4] : (folder.path / "model/test.tsv").string();
    if (argc <= 4) {
        writeModelAndData(experimentOptions.model);
    }
    startComputing(threads);
    Experiment experiment(experimentOptions, silentProgress());
    const std::vector<Recipe> recipes =
        sweepRecipesPerLayer({}, options, experiment.checkpoint().description);

    const double start = seconds();
    LayerSweep sweep(experiment, {}, recipes, {}, silentProgress());
    const SweepForecast forecast = sweep.forecast();
    double coarse = 0;
    sweep.run(silentProgress(), [&](const SweepState &state) {
        if (coarse == 0 && state.changed + 1 == recipes.size())
            coarse = seconds() - start;
    });
    const double whole = seconds() - start;
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
    fmt::print("coarse      {:8.1f} s, {:.1f} % of it (aim: under 10 %)\n", coarse,
               100 * coarse / whole);
    fmt::print("plain loop  {:8.1f} s, from {} of its runs\n", loop, times.size());
    fmt::print("{:.1f} times as fast (aim 10); Spearman {:.3f} (aim 0.95)\n", loop / whole,
               spearman(estimated, measured));
    fmt::print("{}\n", nlohmann::json{{"sweepVsLoop", loop / whole},
                                      {"spearman", spearman(estimated, measured)},
                                      {"coarseShare", coarse / whole}}
                           .dump());
    return 0;
}

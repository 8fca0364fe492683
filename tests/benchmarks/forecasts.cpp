// How well a sweep per layer is foreseen once ten others have taught the program about its machine.
//
//   benchmark_forecasts [THREADS] [LARGEST]
//
// Twelve sweeps of random BERT classifiers, each of another size and with other options, each in a process of its own, as
// `pare sweep` has one; LARGEST scales their width (384). Prints what was foreseen of each and what it took: memory is
// the highest that the system saw, over what the process held when the forecast was made. The last line is JSON.
#include "core/base/files.h"
#include "core/experiment/experiment.h"
#include "core/experiment/sweep.h"
#include "core/network/computing.h"
#include "core/search/layersweep.h"
#include "tests/benchmarks/randomclassifier.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

using namespace pare;
namespace fs = std::filesystem;

namespace {

struct Trial
{
    int blocks = 0;
    double width = 0; ///< as a share of the largest
    std::vector<std::string> options;
};

const std::vector<Trial> trials{
    {2, 0.5, {"quantize.affine bits=8|2"}},
    {4, 1.0, {"quantize.affine bits=4"}},
    {3, 0.5, {"prune.magnitude sparsity=0.5"}},
    {2, 1.0, {"factorize.svd keep=0.5"}},
    {6, 0.5, {"quantize.affine bits=8|4|3|2"}},
    {2, 1.0, {"prune.magnitude sparsity=0.5|0.9", "quantize.ternary"}},
    {6, 1.0, {"quantize.affine bits=3"}},
    {4, 0.5, {"factorize.svd keep=0.5", "quantize.affine bits=4"}},
    {2, 0.5, {"quantize.ternary"}},
    {3, 1.0, {"quantize.affine bits=8|2", "prune.magnitude sparsity=0.5"}},
    {4, 1.0, {"quantize.affine bits=8|4|2", "factorize.svd keep=0.5"}},
    {5, 0.5, {"prune.magnitude sparsity=0.7", "quantize.affine bits=4|2"}},
};

/// What one sweep was to take, and took.
struct Outcome
{
    double foreseenBytes = 0, bytes = 0;
    double foreseenSeconds = 0, seconds = 0;
};

/// The most that this process held at once since forgetPeak().
double peakBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return 1024 * std::strtod(line.c_str() + 6, nullptr);
    }
    return 0;
}

void forgetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

double seconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

Outcome swept(const Trial &trial, const fs::path &folder, int threads, int largest)
{
    const int width = static_cast<int>(trial.width * largest / 64) * 64;
    const fs::path model = folder / "model";
    test::writeRandomClassifier(model, trial.blocks, width);
    startComputing(threads);
    ExperimentOptions options;
    options.model = model;
    options.data = (model / "test.tsv").string();
    options.threads = threads;
    Experiment experiment(options, silentProgress());
    const auto recipes =
        sweepRecipesPerLayer({}, trial.options, experiment.checkpoint().description);
    forgetPeak();
    const auto before = static_cast<double>(residentBytes());
    LayerSweep sweep(experiment, {}, recipes, {}, silentProgress());
    const double start = seconds();
    sweep.run(silentProgress());
    return {static_cast<double>(sweep.forecast().bytes), peakBytes() - before,
            sweep.forecast().seconds, seconds() - start};
}

/// In a process of its own.
Outcome sweptApart(const Trial &trial, const fs::path &folder, int threads, int largest)
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        return {};
    const pid_t child = fork();
    if (child == 0) {
        const Outcome outcome = swept(trial, folder, threads, largest);
        const auto written = write(ends[1], &outcome, sizeof outcome);
        _exit(written == sizeof outcome ? 0 : 1);
    }
    close(ends[1]);
    Outcome outcome;
    if (read(ends[0], &outcome, sizeof outcome) != sizeof outcome)
        outcome = {};
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return outcome;
}

} // namespace

int main(int argc, char **argv)
{
    const int threads = argc > 1 ? std::atoi(argv[1]) : 2;
    const int largest = argc > 2 ? std::atoi(argv[2]) : 384;
    const fs::path folder = fs::temp_directory_path() / "pare-benchmark-forecasts";
    fs::create_directories(folder);
    setenv("XDG_CACHE_HOME", (folder / "cache").c_str(), 1);
    double worst = 0;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        fs::remove_all(folder / "model");
        const Outcome outcome = sweptApart(trials[i], folder, threads, largest);
        const double off = outcome.bytes > 0 ? outcome.foreseenBytes / outcome.bytes - 1 : 1;
        fmt::print(
            "{:>2}  memory {:6.0f} MB foreseen, {:6.0f} MB taken ({:+4.0f} %); time {:6.1f} s "
            "foreseen, {:6.1f} s taken\n",
            i + 1, outcome.foreseenBytes / 1e6, outcome.bytes / 1e6, 100 * off,
            outcome.foreseenSeconds, outcome.seconds);
        std::fflush(stdout);
        if (i >= 10)
            worst = std::max(worst, std::abs(off));
    }
    fs::remove_all(folder);
    fmt::print("after ten: within {:.0f} % (aim 20 %)\n", 100 * worst);
    fmt::print("{}\n", nlohmann::json{{"memoryOffAfterTen", worst}}.dump());
    return 0;
}

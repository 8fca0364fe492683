#include "app/cli/tables.h"

#include "core/base/numbers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

double percent(double share)
{
    return 100 * share;
}

/// "91.24 % (90.31 … 92.10)"
std::string intervalText(const Interval &interval)
{
    return fmt::format("{:.2f} % ({:.2f} … {:.2f})", percent(interval.value), percent(interval.low),
                       percent(interval.high));
}

std::string latencyText(const Latency &latency)
{
    return fmt::format("{:.2f} ms ({:.2f} … {:.2f})", latency.median, latency.low, latency.high);
}

void printRow(std::string_view name, const std::string &original, const std::string &now)
{
    fmt::print("{:<22} {:<28} {}\n", name, original, now);
}

double primary(const Measurement &measured, const std::string &metric)
{
    const auto found = measured.metrics.find(metric);
    return found == measured.metrics.end() ? 0 : found->second.value;
}

} // namespace

void printRun(const Run &run)
{
    const Measurement &was = run.baseline;
    const Measurement &now = run.measured;
    fmt::print("run {}: {}\n", run.id, shortName(run.recipe));
    for (const Step &step : run.recipe.steps)
        fmt::print("  {}\n", step.text());
    fmt::print("\n");
    printRow("", "original", "this recipe");
    printRow("exported file", formatBytes(was.bytes),
             fmt::format("{} ({} bytes, {:.1f} % of the original)", formatBytes(now.bytes),
                         now.bytes,
                         percent(static_cast<double>(now.bytes) / static_cast<double>(was.bytes))));
    printRow("parameters", fmt::to_string(was.parameters), fmt::to_string(now.parameters));
    for (const auto &[name, interval] : now.metrics)
        printRow(name, intervalText(was.metrics.at(name)), intervalText(interval));
    printRow("same answer", "", intervalText(run.labelLoyalty));
    printRow("same probabilities", "", intervalText(run.probabilityLoyalty));
    printRow("one answer", latencyText(was.latencyMs), latencyText(now.latencyMs));
    printRow("answers per second", fmt::format("{:.0f}", was.examplesPerSecond),
             fmt::format("{:.0f}", now.examplesPerSecond));
    fmt::print("\n{} examples of {}", run.examples, run.dataPath);
    if (run.truncated > 0)
        fmt::print(", {} of them truncated", run.truncated);
    fmt::print("; 95 % intervals; times: median (5th … 95th percentile), {} threads, kernels: {}\n",
               run.threads, fmt::join(run.kernels, ", "));
}

void printRuns(std::vector<Run> runs)
{
    std::ranges::stable_sort(runs, {}, [](const Run &run) { return run.measured.bytes; });
    std::size_t width = 8;
    for (const Run &run : runs)
        width = std::max(width, shortName(run.recipe).size());
    width = std::min<std::size_t>(width, 60);
    fmt::print("{:<12}  {:<{}}  {:>9}  {:>6}  {:>21}  {:>8}  {:>9}\n", "run", "recipe", width,
               "size", "kept", "accuracy, 95 %", "loyalty", "latency");
    for (const Run &run : runs) {
        const Interval accuracy = run.measured.metrics.count(run.primaryMetric)
                                      ? run.measured.metrics.at(run.primaryMetric)
                                      : Interval{};
        const double share =
            static_cast<double>(run.measured.bytes) / static_cast<double>(run.baseline.bytes);
        std::string name = shortName(run.recipe);
        if (name.size() > width)
            name = name.substr(0, width - 1) + "…";
        fmt::print("{:<12}  {:<{}}  {:>9}  {:>4.0f} %  {:>5.2f} % ({:.1f} … {:.1f})  {:>6.2f} % "
                   " {:>6.2f} ms\n",
                   run.id, name, width, formatBytes(run.measured.bytes), percent(share),
                   percent(primary(run.measured, run.primaryMetric)), percent(accuracy.low),
                   percent(accuracy.high), percent(run.labelLoyalty.value),
                   run.measured.latencyMs.median);
    }
}

void printRunsJson(const std::vector<Run> &runs)
{
    nlohmann::ordered_json json{{"schema", 1}, {"runs", nlohmann::ordered_json::array()}};
    for (const Run &run : runs)
        json["runs"].push_back(toJson(run));
    fmt::print("{}\n", json.dump(2));
}

} // namespace pare

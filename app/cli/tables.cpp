#include "app/cli/tables.h"

#include "app/cli/layergroups.h"
#include "core/base/numbers.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

double percent(double share)
{
    return 100 * share;
}

std::string latencyText(const Latency &latency)
{
    return fmt::format("{:.2f} ms ({:.2f} … {:.2f})", latency.median, latency.low, latency.high);
}

void printRow(std::string_view name, const std::string &original, const std::string &now)
{
    fmt::print("{:<22} {:<28} {}\n", name, original, now);
}

/// "512", "5.31 million": for people; --json has every digit.
std::string countText(std::optional<std::int64_t> count)
{
    if (!count)
        return "not counted";
    const auto value = static_cast<double>(*count);
    if (value >= 1e9)
        return fmt::format("{:.2f} billion", value / 1e9);
    return value >= 1e6 ? fmt::format("{:.2f} million", value / 1e6) : fmt::to_string(*count);
}

std::string ofOriginal(std::optional<std::int64_t> was, std::optional<std::int64_t> now)
{
    if (!was || !now || *was == 0)
        return {};
    return fmt::format("{:.1f} % of the original",
                       percent(static_cast<double>(*now) / static_cast<double>(*was)));
}

void printParts(const Measurement &was, const Measurement &now)
{
    constexpr std::array parts{"values", "scales", "masks", "codebooks", "rest", "header"};
    const auto text = [](const Measurement &measured, const std::string &part) {
        const auto found = measured.bytesByPart.find(part);
        return found == measured.bytesByPart.end() ? std::string() : formatBytes(found->second);
    };
    for (const std::string part : parts) {
        const std::string before = text(was, part);
        const std::string after = text(now, part);
        if (!before.empty() || !after.empty())
            printRow("  " + part, before.empty() ? "none" : before, after.empty() ? "none" : after);
    }
}

/// Layers whose weights are packed more tightly than the numbers they are multiplied as.
struct WiderLayers
{
    std::string storage;
    double fewestBits = 0;
    double mostBits = 0;
    std::vector<std::string> names;
};

std::vector<WiderLayers> computedWider(const Run &run)
{
    constexpr double floatBits = 32;
    std::vector<WiderLayers> groups;
    for (const LayerRecord &layer : run.layers) {
        const double bits = layer.bitsPerWeight;
        if (bits <= 0 || bits >= floatBits || layer.kernel.find("float32") == std::string::npos)
            continue;
        auto group = std::ranges::find(groups, layer.storage, &WiderLayers::storage);
        if (group == groups.end())
            group = groups.insert(groups.end(), {layer.storage, bits, bits, {}});
        group->fewestBits = std::min(group->fewestBits, bits);
        group->mostBits = std::max(group->mostBits, bits);
        group->names.push_back(layer.name);
    }
    return groups;
}

void printComputedWider(const Run &run)
{
    const std::vector<WiderLayers> groups = computedWider(run);
    if (groups.empty())
        return;
    fmt::print("\nstored smaller, but multiplied in float32, and so no faster:\n");
    for (const WiderLayers &group : groups) {
        const std::string fewest = fmt::format("{:.2f}", group.fewestBits);
        const std::string most = fmt::format("{:.2f}", group.mostBits);
        fmt::print("  {}{}{} bits a weight\n", group.storage, group.storage.empty() ? "" : "; ",
                   fewest == most ? fewest : fewest + " … " + most);
        for (const std::string &names : groupedNames(group.names))
            fmt::print("    {}\n", names);
    }
}

double primary(const Measurement &measured, const std::string &metric)
{
    const auto found = measured.metrics.find(metric);
    return found == measured.metrics.end() ? 0 : found->second.value;
}

/// Of the layers that a step touched; nothing where there are none.
std::optional<double> largestWeightError(const Run &run)
{
    std::optional<double> largest;
    for (const LayerRecord &layer : run.layers) {
        if (!layer.steps.empty())
            largest = std::max(largest.value_or(0), layer.weightError);
    }
    return largest;
}

std::optional<double> largestOutputError(const Run &run)
{
    std::optional<double> largest;
    for (const LayerRecord &layer : run.layers) {
        if (layer.outputError && !layer.steps.empty())
            largest = std::max(largest.value_or(0), *layer.outputError);
    }
    return largest;
}

/// Those of the runs of which something is said, in their order.
void printNotes(const std::vector<Run> &runs, const RunNotes &notes)
{
    constexpr std::size_t longestNote = 500;
    bool first = true;
    for (const Run &run : runs) {
        const RunNote note = noteOf(notes, run.id);
        if (note == RunNote())
            continue;
        std::vector<std::string> parts;
        if (note.deleted)
            parts.emplace_back("deleted");
        for (const std::string &tag : note.tags)
            parts.push_back("[" + oneLine(tag, longestNote) + "]");
        if (!note.text.empty())
            parts.push_back(oneLine(note.text, longestNote));
        fmt::print("{}{:<12}  {}\n", first ? "\n" : "", run.id, fmt::join(parts, " "));
        first = false;
    }
}

} // namespace

std::string intervalText(const Interval &interval)
{
    return fmt::format("{:.2f} % ({:.2f} … {:.2f})", percent(interval.value), percent(interval.low),
                       percent(interval.high));
}

std::string oneLine(std::string_view text, std::size_t most)
{
    std::string line;
    std::size_t offset = 0;
    for (std::size_t count = 0; offset < text.size(); ++count) {
        if (count + 1 == most && offset + 1 < text.size())
            return line + "…";
        const char32_t character = nextCodePoint(text, offset);
        const bool control = character < 0x20 || (character >= 0x7f && character < 0xa0);
        appendUtf8(line, control ? U' ' : character);
    }
    return line;
}

std::string errorText(std::optional<double> error)
{
    return error ? fmt::format("{:.2f} %", percent(*error)) : "–";
}

void printRun(const Run &run)
{
    const Measurement &was = run.baseline;
    const Measurement &now = run.measured;
    fmt::print("run {}: {}\n", run.id, shortName(run));
    for (const Step &step : run.recipe.steps)
        fmt::print("  {}\n", step.text());
    fmt::print("\n");
    printRow("", "original", "this recipe");
    printRow("exported file", formatBytes(was.bytes),
             fmt::format("{} ({} bytes, {})", formatBytes(now.bytes), now.bytes,
                         ofOriginal(was.bytes, now.bytes)));
    printParts(was, now);
    printRow("parameters", fmt::to_string(was.parameters), fmt::to_string(now.parameters));
    for (const auto &[name, interval] : now.metrics)
        printRow(name, intervalText(was.metrics.at(name)), intervalText(interval));
    printRow("same answer", "",
             fmt::format("{}; {} of {} changed", intervalText(run.labelLoyalty),
                         answersChanged(run), run.labelLoyalty.n));
    printRow("same probabilities", "", intervalText(run.probabilityLoyalty));
    printRow("one answer", latencyText(was.latencyMs), latencyText(now.latencyMs));
    const std::string share = ofOriginal(was.multiplyAdds, now.multiplyAdds);
    printRow("  multiply-adds", countText(was.multiplyAdds),
             countText(now.multiplyAdds) + (share.empty() ? "" : " (" + share + ")"));
    printRow("answers per second", fmt::format("{:.0f}", was.examplesPerSecond),
             fmt::format("{:.0f}", now.examplesPerSecond));
    fmt::print("\n{} examples of {}", run.examples, run.dataPath);
    if (run.truncated > 0)
        fmt::print(", {} of them truncated", run.truncated);
    fmt::print(
        "; 95 % intervals; times: median (5th … 95th percentile), {} thread{}, kernels: {}\n",
        run.threads, run.threads == 1 ? "" : "s", fmt::join(run.kernels, ", "));
    printComputedWider(run);
}

void printRuns(std::vector<Run> runs, const RunNotes &notes)
{
    std::ranges::stable_sort(runs, {}, [](const Run &run) { return run.measured.bytes; });
    std::size_t width = 8;
    for (const Run &run : runs)
        width = std::max(width, shortName(run).size());
    width = std::min<std::size_t>(width, 48);
    fmt::print("{:<12}  {:<{}}  {:>9}  {:>6}  {:>21}  {:>8}  {:>7}  {:>8}  {:>8}  {:>9}\n", "run",
               "recipe", width, "size", "kept", "accuracy, 95 %", "loyalty", "changed", "weights",
               "outputs", "latency");
    for (const Run &run : runs) {
        const Interval accuracy = run.measured.metrics.count(run.primaryMetric)
                                      ? run.measured.metrics.at(run.primaryMetric)
                                      : Interval{};
        const double share =
            static_cast<double>(run.measured.bytes) / static_cast<double>(run.baseline.bytes);
        std::string name = shortName(run);
        if (name.size() > width)
            name = name.substr(0, width - 1) + "…";
        fmt::print("{:<12}  {:<{}}  {:>9}  {:>4.0f} %  {:>5.2f} % ({:.1f} … {:.1f})  {:>6.2f} % "
                   " {:>7}  {:>8}  {:>8}  {:>6.2f} ms\n",
                   run.id, name, width, formatBytes(run.measured.bytes), percent(share),
                   percent(primary(run.measured, run.primaryMetric)), percent(accuracy.low),
                   percent(accuracy.high), percent(run.labelLoyalty.value), answersChanged(run),
                   errorText(largestWeightError(run)), errorText(largestOutputError(run)),
                   run.measured.latencyMs.median);
    }
    if (!runs.empty())
        fmt::print("\nchanged: answers that differ from the original's; weights, outputs: the "
                   "largest relative error of a layer\n");
    printNotes(runs, notes);
}

std::string bandText(const Interval &band)
{
    return fmt::format("{:.1f} % ({:.1f} … {:.1f})", percent(band.value), percent(band.low),
                       percent(band.high));
}

void printRunsJson(const std::vector<Run> &runs, const RunNotes &notes,
                   const std::map<std::string, double> &chances)
{
    nlohmann::ordered_json json{{"schema", 1}, {"runs", nlohmann::ordered_json::array()}};
    for (const Run &run : runs) {
        const RunNote note = noteOf(notes, run.id);
        nlohmann::ordered_json document = toJson(run);
        document["note"] = note.text;
        document["tags"] = note.tags;
        document["deleted"] = note.deleted;
        document["onFront"] = nullptr;
        if (const auto chance = chances.find(run.id); chance != chances.end())
            document["onFront"] = chance->second;
        json["runs"].push_back(std::move(document));
    }
    fmt::print("{}\n", json.dump(2));
}

} // namespace pare

#include "app/cli/predictions.h"

#include "app/cli/tables.h"
#include "core/base/numbers.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

/// "24 of 31 inside their bands, mean miss 0.31 points"
struct Score
{
    int inside = 0;
    int runs = 0;
    double misses = 0;

    void add(const Interval &predicted, double measured)
    {
        ++runs;
        inside += predicted.low <= measured && measured <= predicted.high;
        misses += std::abs(predicted.value - measured);
    }
    double meanMiss() const { return runs > 0 ? misses / runs : 0; }

    void print(const char *when) const
    {
        if (runs > 0)
            fmt::print("Predicted {}: {} of {} runs inside their 90 % bands, mean miss {:.2f} "
                       "points.\n",
                       when, inside, runs, 100 * meanMiss());
    }
};

Json bandJson(const Interval &band)
{
    return {
        {"predicted", band.value}, {"low", band.low}, {"high", band.high}, {"bandRuns", band.n}};
}

/// "91.2 (90.1 … 92.4) %" and by how much it was missed, in points.
std::string missText(const Interval &band, double measured)
{
    return fmt::format("{:>24}  {:>+7.2f}", bandText(band), 100 * (band.value - measured));
}

} // namespace

void printPrediction(const WhatIfAnswer &answer)
{
    const Run &run = answer.run;
    const Prediction &prediction = answer.prediction;
    fmt::print("prediction: {}\n", shortName(run.recipe));
    for (const Step &step : run.recipe.steps)
        fmt::print("  {}\n", step.text());
    fmt::print("\n{:<16}{} ({} bytes{}), {:.1f} % of the original\n", "exported file",
               formatBytes(run.measured.bytes), run.measured.bytes,
               answer.bytesAreExact ? ", exact" : ", summed over its parts",
               100.0 * static_cast<double>(run.measured.bytes) /
                   static_cast<double>(run.baseline.bytes));
    fmt::print("{:<16}{}; the original: {:.1f} %\n", "accuracy", bandText(prediction.accuracy),
               100 * run.baseline.metrics.at("accuracy").value);
    fmt::print("{:<16}{}\n", "changed answers", bandText(prediction.changed));
    fmt::print("{:<16}{:.2f} ms; the original: {:.2f} ms\n", "one answer", prediction.milliseconds,
               run.baseline.latencyMs.median);
    if (!answer.unmeasured.empty())
        fmt::print(
            "\n{} of the recipe's parts {} never asked, {}{}: nothing says what {} would do, "
            "and the accuracy is that of the others. `pare sweep --per-layer` asks.\n",
            answer.unmeasured.size(), answer.unmeasured.size() == 1 ? "was" : "were",
            answer.unmeasured.front(), answer.unmeasured.size() > 1 ? ", …" : "",
            answer.unmeasured.size() == 1 ? "it" : "they");
    else if (prediction.accuracy.n == 0)
        fmt::print(
            "\nThe band is a guess: no run of this project tells yet how far predictions are "
            "off. Each run makes it better.\n");
    else
        fmt::print("\n90 % bands, from {} run{} of the project and {} of {} examples.\n",
                   prediction.accuracy.n, prediction.accuracy.n == 1 ? "" : "s", prediction.rows,
                   run.examples);
}

void printPredictionJson(const WhatIfAnswer &answer)
{
    Json json = toJson(answer.run);
    // What running alone can tell.
    for (const char *key :
         {"multiplyAdds", "examplesPerSecond", "batchTokens", "weightHash", "time"})
        json[key] = nullptr;
    json["loyalty"]["probability"] = nullptr;
    json["latencyMs"]["low"] = json["latencyMs"]["high"] = nullptr;
    json["baseline"]["examplesPerSecond"] = nullptr;
    for (Json &layer : json["layers"]) {
        for (const char *key : {"bitsPerWeight", "storage", "settings", "kernel"})
            layer[key] = nullptr;
        if (!layer["steps"].empty() && layer["weightError"] == 0)
            layer["weightError"] = nullptr; // no sweep has looked
    }
    json["predicted"] = true;
    json["band"] = {{"level", 0.9}, {"runs", answer.prediction.accuracy.n}};
    json["summed"] = {{"accuracy", answer.prediction.summedAccuracy},
                      {"changed", answer.prediction.summedChanged}};
    json["bytesAreExact"] = answer.bytesAreExact;
    json["rows"] = answer.prediction.rows;
    json["unmeasured"] = answer.unmeasured;
    fmt::print("{}\n", json.dump(2));
}

void printPredictionJson(const Run &run)
{
    Json json = toJson(run);
    json["predicted"] = false;
    fmt::print("{}\n", json.dump(2));
}

void printHindsight(WhatIf &whatIf, std::span<const Run> runs)
{
    std::size_t width = 6;
    for (const Run &run : runs)
        width = std::clamp(shortName(run.recipe).size(), width, std::size_t{40});
    fmt::print("{:<12}  {:<{}}  {:>10}  {:>24}  {:>7}  {:>24}  {:>7}\n", "run", "recipe", width,
               "measured", "predicted before", "miss", "by the others, now", "miss");
    Score before, now;
    for (const Run &run : runs) {
        const std::optional<Prediction> hindsight = whatIf.inHindsight(run);
        if (!run.prediction && !hindsight)
            continue;
        const double measured = run.measured.metrics.at(run.primaryMetric).value;
        std::string name = shortName(run.recipe);
        if (name.size() > width)
            name = name.substr(0, width - 1) + "…";
        if (run.prediction)
            before.add(run.prediction->accuracy, measured);
        if (hindsight)
            now.add(hindsight->accuracy, measured);
        const std::string nothing = fmt::format("{:>24}  {:>7}", "–", "–");
        fmt::print("{:<12}  {:<{}}  {:>8.2f} %  {}  {}\n", run.id, name, width, 100 * measured,
                   run.prediction ? missText(run.prediction->accuracy, measured) : nothing,
                   hindsight ? missText(hindsight->accuracy, measured) : nothing);
    }
    if (now.runs == 0 && before.runs == 0)
        fmt::print("\nNo run of this project is made of what `pare sweep --per-layer` has asked.");
    fmt::print("\n");
    before.print("before it was measured");
    now.print("now, by the others");
}

void printHindsightJson(WhatIf &whatIf, std::span<const Run> runs)
{
    Json json{{"schema", 1}, {"predictions", Json::array()}};
    Score before, now;
    for (const Run &run : runs) {
        const std::optional<Prediction> hindsight = whatIf.inHindsight(run);
        if (!run.prediction && !hindsight)
            continue;
        const double measured = run.measured.metrics.at(run.primaryMetric).value;
        Json entry{{"run", run.id}, {"measured", measured}, {"before", Json()}};
        if (run.prediction) {
            before.add(run.prediction->accuracy, measured);
            entry["before"] = bandJson(run.prediction->accuracy);
        }
        if (hindsight) {
            now.add(hindsight->accuracy, measured);
            entry.update(bandJson(hindsight->accuracy));
            entry["summed"] = hindsight->summedAccuracy;
        }
        json["predictions"].push_back(std::move(entry));
    }
    json["inside"] = now.inside;
    json["runs"] = now.runs;
    json["meanMiss"] = now.meanMiss();
    json["before"] = {
        {"inside", before.inside}, {"runs", before.runs}, {"meanMiss", before.meanMiss()}};
    fmt::print("{}\n", json.dump(2));
}

} // namespace pare

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
};

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
    if (prediction.accuracy.n == 0)
        fmt::print(
            "\nThe band is a guess: no run of this project tells yet how far predictions are "
            "off. Each run makes it better.\n");
    else
        fmt::print("\n90 % bands, from {} runs of the project and {} of {} examples.\n",
                   prediction.accuracy.n, prediction.rows, run.examples);
    if (!answer.unmeasured.empty())
        fmt::print("Never asked, and taken as no change: {} of the recipe's parts, {}{}\n",
                   answer.unmeasured.size(), answer.unmeasured.front(),
                   answer.unmeasured.size() > 1 ? ", …" : "");
}

void printPredictionJson(const WhatIfAnswer &answer)
{
    Json json = toJson(answer.run);
    if (!json.contains("multiplyAdds"))
        json["multiplyAdds"] = nullptr; // counted by running alone
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
        width = std::clamp(shortName(run.recipe).size(), width, std::size_t{48});
    fmt::print("{:<12}  {:<{}}  {:>10}  {:>24}  {:>7}\n", "run", "recipe", width, "measured",
               "predicted by the others", "miss");
    Score score;
    for (const Run &run : runs) {
        const std::optional<Prediction> prediction = whatIf.inHindsight(run);
        if (!prediction)
            continue;
        const double measured = run.measured.metrics.at(run.primaryMetric).value;
        score.add(prediction->accuracy, measured);
        std::string name = shortName(run.recipe);
        if (name.size() > width)
            name = name.substr(0, width - 1) + "…";
        fmt::print("{:<12}  {:<{}}  {:>8.2f} %  {:>24}  {:>+7.2f}\n", run.id, name, width,
                   100 * measured, bandText(prediction->accuracy),
                   100 * (prediction->accuracy.value - measured));
    }
    if (score.runs == 0)
        fmt::print(
            "\nNo run of this project is made of what `pare sweep --per-layer` has asked.\n");
    else
        fmt::print("\n{} of {} runs inside their 90 % bands; mean miss {:.2f} points.\n",
                   score.inside, score.runs, 100 * score.meanMiss());
}

void printHindsightJson(WhatIf &whatIf, std::span<const Run> runs)
{
    Json json{{"schema", 1}, {"predictions", Json::array()}};
    Score score;
    for (const Run &run : runs) {
        const std::optional<Prediction> prediction = whatIf.inHindsight(run);
        if (!prediction)
            continue;
        const double measured = run.measured.metrics.at(run.primaryMetric).value;
        score.add(prediction->accuracy, measured);
        json["predictions"].push_back({{"run", run.id},
                                       {"measured", measured},
                                       {"predicted", prediction->accuracy.value},
                                       {"low", prediction->accuracy.low},
                                       {"high", prediction->accuracy.high},
                                       {"summed", prediction->summedAccuracy},
                                       {"bandRuns", prediction->accuracy.n}});
    }
    json["inside"] = score.inside;
    json["runs"] = score.runs;
    json["meanMiss"] = score.meanMiss();
    fmt::print("{}\n", json.dump(2));
}

} // namespace pare

#include "app/cli/searchoutput.h"

#include "app/cli/tables.h"
#include "core/base/numbers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

Json bandJson(const Predicted &band)
{
    return {{"value", band.value}, {"low", band.low}, {"high", band.high}, {"runs", band.n}};
}

Json predictionJson(const BudgetChoice &choice)
{
    return {{"predicted", true},
            {"bytes", choice.bytes},
            {"accuracy", bandJson(choice.prediction.accuracy)},
            {"changed", bandJson(choice.prediction.changed)},
            {"latencyMs", choice.milliseconds},
            {"rows", choice.prediction.rows}};
}

Json certificateJson(const Certificate &certificate)
{
    return {{"value", certificate.value},
            {"bound", certificate.bound},
            {"gap", certificate.gap},
            {"options", certificate.options}};
}

/// "8 bits" of 'quantize.affine bits=8 …'.
std::string optionName(const std::string &option)
{
    if (option.empty())
        return "as it is";
    Step step = parsedStep(option);
    step.layers = techniqueInfo(step.technique).defaultSelection;
    return shortName(step);
}

std::string growth(std::int64_t bytes)
{
    return bytes < 0 ? formatBytes(-bytes) + " less" : formatBytes(bytes) + " more";
}

/// One sentence.
std::string sentence(const ChoiceReason &reason, const BudgetChoice &choice)
{
    if (!reason.nextBest)
        return fmt::format("{}: {}; nothing else fits.", reason.layer, optionName(reason.chosen));
    const double unit = choice.certificate.value > 0
                            ? choice.prediction.changed.value / choice.certificate.value
                            : 0; // answers that change, as a share, for each unit of value
    const double changed = unit * std::max(reason.value, 0.0);
    const bool shows = changed * static_cast<double>(choice.prediction.rows) >= 0.5;
    return fmt::format(
        "{}: {}; next best {}, {}, {}.", reason.layer, optionName(reason.chosen),
        optionName(*reason.nextBest), growth(reason.bytes),
        shows ? fmt::format("about {:.2f} % more answers change", 100 * changed)
              : fmt::format("no difference that {} examples would show", choice.prediction.rows));
}

const Interval &accuracyOf(const Run &run)
{
    return run.measured.metrics.at(run.primaryMetric);
}

/// What was measured of what the target is about.
double measuredOf(const BudgetTarget &target, const Run &run)
{
    switch (target.kind) {
    case BudgetKind::Bytes:
        return static_cast<double>(run.measured.bytes);
    case BudgetKind::Milliseconds:
        return run.measured.latencyMs.median;
    case BudgetKind::Accuracy:
        break;
    }
    return accuracyOf(run).value;
}

bool isMet(const BudgetTarget &target, const Run &run)
{
    const double measured = measuredOf(target, run);
    return target.kind == BudgetKind::Accuracy ? measured >= target.limit
                                               : measured <= target.limit;
}

std::string metText(const AskedTarget &target, const MeasuredBudget &answer)
{
    const std::string measured =
        target.target.kind == BudgetKind::Bytes ? formatBytes(answer.measured.measured.bytes)
        : target.target.kind == BudgetKind::Milliseconds
            ? fmt::format("{:.2f} ms", answer.measured.measured.latencyMs.median)
            : fmt::format("{:.2f} %", 100 * accuracyOf(answer.measured).value);
    return fmt::format("{}, {} measured", isMet(target.target, answer.measured) ? "met" : "not met",
                       measured);
}

} // namespace

void printBudget(const MeasuredBudget &answer, const AskedTarget &target,
                 const ResponseTable &table)
{
    const BudgetChoice &choice = answer.choice;
    const Run &run = answer.measured;
    fmt::print("run {}: {}\n", run.id,
               answer.recipe.empty() ? "the model as it is" : "chosen layer by layer");
    std::map<std::string, int> counts;
    for (const ChoiceReason &reason : choice.reasons)
        ++counts[optionName(reason.chosen)];
    for (const auto &[option, count] : counts)
        fmt::print("  {:>4} layer{} {}\n", count, count == 1 ? " " : "s", option);
    fmt::print("\n{:<14}{:>26}   {}\n", "", "predicted, 90 %", "measured, 95 %");
    fmt::print("{:<14}{:>26}   {} ({} bytes, {:.0f} % of the original)\n", "exported file",
               formatBytes(choice.bytes), formatBytes(run.measured.bytes), run.measured.bytes,
               100.0 * static_cast<double>(run.measured.bytes) / static_cast<double>(table.bytes));
    fmt::print("{:<14}{:>26}   {}; the original {:.2f} %\n", "accuracy",
               bandText(choice.prediction.accuracy), intervalText(accuracyOf(run)),
               100 * table.original.accuracy);
    fmt::print("{:<14}{:>26}   {:.2f} % of {}\n", "changed", bandText(choice.prediction.changed),
               100 * (1 - run.labelLoyalty.value), run.labelLoyalty.n);
    fmt::print("{:<14}{:>26}   {:.2f} ms; the original {:.2f} ms\n", "one answer",
               fmt::format("{:.2f} ms", choice.milliseconds), run.measured.latencyMs.median,
               run.baseline.latencyMs.median);
    fmt::print("\n{}: {}.\n", target.text, metText(target, answer));
    fmt::print("Certificate: of {} options, no choice of at most {} moves answers less: value "
               "{:.6g}, bound {:.6g}, gap {:.2g}{}.\n",
               choice.certificate.options,
               target.target.kind == BudgetKind::Milliseconds
                   ? fmt::format("{:.3g} ms", target.target.limit)
                   : formatBytes(choice.bytes),
               choice.certificate.value, choice.certificate.bound, choice.certificate.gap,
               target.target.kind == BudgetKind::Accuracy
                   ? "; fewer bytes were predicted to miss the target"
                   : "");
    if (!answer.agrees)
        fmt::print("The measurement lies outside the predicted band after {} attempt{}; the "
                   "measurement counts.\n",
                   answer.attempts, answer.attempts == 1 ? "" : "s");
    else if (answer.attempts > 1)
        fmt::print("Chosen anew {} time{}, with what was measured in between.\n",
                   answer.attempts - 1, answer.attempts == 2 ? "" : "s");
    fmt::print("\nWhy:\n");
    for (const ChoiceReason &reason : choice.reasons)
        fmt::print("  {}\n", sentence(reason, choice));
}

void printBudgetJson(const MeasuredBudget &answer, const AskedTarget &target)
{
    Json why = Json::array();
    for (const ChoiceReason &reason : answer.choice.reasons)
        why.push_back({{"layer", reason.layer},
                       {"chosen", reason.chosen},
                       {"nextBest", reason.nextBest ? Json(*reason.nextBest) : Json()},
                       {"bytes", reason.bytes},
                       {"milliseconds", reason.milliseconds},
                       {"value", reason.value},
                       {"text", sentence(reason, answer.choice)}});
    const Json json{{"schema", 1},
                    {"target", target.text},
                    {"met", isMet(target.target, answer.measured)},
                    {"recipe", toJson(answer.recipe)},
                    {"predicted", predictionJson(answer.choice)},
                    {"certificate", certificateJson(answer.choice.certificate)},
                    {"measured", toJson(answer.measured)},
                    {"attempts", answer.attempts},
                    {"agrees", answer.agrees},
                    {"why", why}};
    fmt::print("{}\n", json.dump(2));
}

void printFront(const std::vector<BudgetPoint> &points, const ResponseTable &table)
{
    fmt::print("{:>4}  {:>9}  {:>6}  {:>24}  {:>9}  {:>24}\n", "", "size", "kept",
               "accuracy, predicted", "answer", "measured, 95 %");
    int number = 0;
    for (const BudgetPoint &point : points)
        fmt::print("{:>4}  {:>9}  {:>4.0f} %  {:>24}  {:>6.2f} ms  {:>24}\n", ++number,
                   formatBytes(point.choice.bytes),
                   100.0 * static_cast<double>(point.choice.bytes) /
                       static_cast<double>(table.bytes),
                   bandText(point.choice.prediction.accuracy), point.choice.milliseconds,
                   point.measured ? intervalText(accuracyOf(*point.measured)) : "–");
    fmt::print("\nPredictions with 90 % bands, from {} runs; the original: {}, {:.2f} %.\n",
               points.empty() ? 0 : points.front().choice.prediction.accuracy.n,
               formatBytes(table.bytes), 100 * table.original.accuracy);
}

void printFrontJson(const std::vector<BudgetPoint> &points)
{
    Json json{{"schema", 1}, {"front", Json::array()}};
    for (const BudgetPoint &point : points)
        json["front"].push_back({{"recipe", toJson(point.recipe)},
                                 {"bytes", point.choice.bytes},
                                 {"predicted", predictionJson(point.choice)},
                                 {"certificate", certificateJson(point.choice.certificate)},
                                 {"measured", point.measured ? toJson(*point.measured) : Json()}});
    fmt::print("{}\n", json.dump(2));
}

} // namespace pare

#include "app/cli/comparisontables.h"

#include "app/cli/tables.h"
#include "core/base/numbers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t widestRecipe = 48;

double percent(double share)
{
    return 100 * share;
}

std::string differenceText(const Interval &difference)
{
    return fmt::format("{:+.2f} ({:+.2f} … {:+.2f})", percent(difference.value),
                       percent(difference.low), percent(difference.high));
}

std::string chanceText(double p)
{
    return p < 0.0001 ? "< 0.0001" : fmt::format("{:.4f}", p);
}

/// Lines up what it is given as "24 : 36".
std::string countsText(const AnswerPairs &pairs)
{
    return fmt::format("{} : {}", pairs.onlyOther, pairs.onlyReference);
}

void printModels(const ComparedModels &compared)
{
    std::size_t width = 6;
    for (const ComparedModel &model : compared.models)
        width = std::clamp(model.recipe.size(), width, widestRecipe);
    fmt::print("{:<12}  {:<{}}  {:>9}  {:>25}  {:>12}\n", "run", "recipe", width, "size",
               "accuracy, 95 %", "on the front");
    for (std::size_t i = 0; i < compared.models.size(); ++i) {
        const ComparedModel &model = compared.models[i];
        std::string recipe = model.recipe;
        if (recipe.size() > width)
            recipe = recipe.substr(0, width - 1) + "…";
        fmt::print("{:<12}  {:<{}}  {:>9}  {:>25}  {:>10.0f} %\n", model.name, recipe, width,
                   formatBytes(model.bytes), intervalText(model.accuracy),
                   percent(compared.front[i]));
    }
}

void printVerdicts(const ComparedModels &compared)
{
    std::size_t width = 12;
    for (const Comparison &comparison : compared.comparisons)
        width = std::max(width, countsText(comparison.pairs).size());
    fmt::print("{:<12}  {:>24}  {:>{}}  {:>8}  {}\n", "run", "points, 95 %", "only one is", width,
               "p", "against " + compared.models.front().name);
    for (std::size_t i = 0; i < compared.comparisons.size(); ++i) {
        const Comparison &comparison = compared.comparisons[i];
        fmt::print("{:<12}  {:>24}  {:>{}}  {:>8}  {}\n", compared.models[i + 1].name,
                   differenceText(comparison.difference), countsText(comparison.pairs), width,
                   chanceText(comparison.corrected), verdictText(comparison).text());
    }
}

void printMeanings(const ComparedModels &compared)
{
    const bool anytime = compared.options.looks == Looks::Anytime;
    fmt::print("\npoints: of accuracy, more or less than {} has; only one is: right in this run "
               "alone : right in {} alone\n",
               compared.models.front().name, compared.models.front().name);
    fmt::print(
        "p: {}{}\n",
        anytime ? "of a test that holds however often one looks while rows come in"
                : "exact McNemar test, two-sided",
        compared.comparisons.size() > 1
            ? fmt::format(", corrected for {} comparisons (Holm)", compared.comparisons.size())
            : "");
    if (!anytime)
        fmt::print("the interval is a bootstrap's: where few answers differ it is narrower than "
                   "the test allows, which decides\n");
    fmt::print("on the front: how likely none of these is smaller and as accurate (bootstrap over "
               "the examples)\n");
}

Json modelJson(const ComparedModel &model, double front)
{
    return {{"name", model.name},
            {"project", model.project},
            {"recipe", model.recipe},
            {"bytes", model.bytes},
            {"accuracy", intervalJson(model.accuracy)},
            {"onFront", front}};
}

Json comparisonJson(const ComparedModels &compared, std::size_t index)
{
    const Comparison &comparison = compared.comparisons[index];
    const AnswerPairs &pairs = comparison.pairs;
    return {{"name", compared.models[index + 1].name},
            {"reference", compared.models.front().name},
            {"verdict", nameOf(comparison.verdict)},
            {"text", verdictText(comparison).text()},
            {"difference", intervalJson(comparison.difference)},
            {"p", comparison.p},
            {"pCorrected", comparison.corrected},
            {"bothRight", pairs.bothRight},
            {"onlyThis", pairs.onlyOther},
            {"onlyReference", pairs.onlyReference},
            {"bothWrong", pairs.bothWrong},
            {"moreRows", comparison.verdict == Verdict::Open ? Json(comparison.moreRows) : Json()}};
}

} // namespace

void printComparison(const ComparedModels &compared)
{
    fmt::print("{} examples of {}\n\n", compared.models.front().correct.size(), compared.dataPath);
    printModels(compared);
    fmt::print("\n");
    printVerdicts(compared);
    printMeanings(compared);
}

void printComparisonJson(const ComparedModels &compared)
{
    const bool anytime = compared.options.looks == Looks::Anytime;
    Json json{{"schema", 1},
              {"data",
               {{"path", compared.dataPath},
                {"hash", compared.dataHash},
                {"examples", compared.models.front().correct.size()}}},
              {"test", anytime ? "anytime" : "mcnemar-exact"},
              {"correction", "holm"},
              {"margin", compared.options.margin},
              {"models", Json::array()},
              {"comparisons", Json::array()}};
    for (std::size_t i = 0; i < compared.models.size(); ++i)
        json["models"].push_back(modelJson(compared.models[i], compared.front[i]));
    for (std::size_t i = 0; i < compared.comparisons.size(); ++i)
        json["comparisons"].push_back(comparisonJson(compared, i));
    fmt::print("{}\n", json.dump(2));
}

Json intervalJson(const Interval &interval)
{
    return {{"value", interval.value},
            {"low", interval.low},
            {"high", interval.high},
            {"n", interval.n}};
}

} // namespace pare

#include "app/cli/fliptables.h"

#include "app/cli/comparisontables.h"
#include "app/cli/messages.h"
#include "app/cli/tables.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longestText = 100; // characters on a terminal's line
constexpr std::size_t longestName = 24;
constexpr std::size_t mostLabels = 12; // in the table; JSON has all

std::string percentText(double share)
{
    return fmt::format("{:.1f} %", 100 * share);
}

std::string labelName(const RunAnswers &answers, std::int32_t label)
{
    return answers.data.labelNames.at(static_cast<std::size_t>(label));
}

std::string sliceName(const FlipStory &story, const Slice &slice)
{
    switch (slice.kind) {
    case SliceKind::Label:
        return oneLine(labelName(story.answers, slice.label), longestName);
    case SliceKind::Words:
        return slice.low == slice.high ? fmt::format("{} words", slice.low)
                                       : fmt::format("{} … {} words", slice.low, slice.high);
    case SliceKind::RareWords:
        return slice.low == slice.high
                   ? fmt::format("{:.0f} % rare words", 100 * slice.low)
                   : fmt::format("{:.0f} … {:.0f} % rare words", 100 * slice.low, 100 * slice.high);
    case SliceKind::All:
        break;
    }
    return "all";
}

const char *kindName(SliceKind kind)
{
    switch (kind) {
    case SliceKind::Label:
        return "label";
    case SliceKind::Words:
        return "words";
    case SliceKind::RareWords:
        return "rareWords";
    case SliceKind::All:
        break;
    }
    return "all";
}

const char *kindName(FlipKind kind)
{
    switch (kind) {
    case FlipKind::Better:
        return "better";
    case FlipKind::Worse:
        return "worse";
    case FlipKind::OtherwiseWrong:
        break;
    }
    return "wrongEitherWay";
}

void printSlice(const FlipStory &story, const SliceReport &report, std::size_t width)
{
    fmt::print("{:<{}}  {:>8}  {:>22}  {:>8}  {:>22}  {:>20}  {:>7}  {:>6}  {:>5}\n",
               sliceName(story, report.slice), width, report.accuracy.n, bandText(report.accuracy),
               percentText(report.originalAccuracy.value), bandText(report.loyalty),
               bandText(report.calibrationError), report.flips.all(), report.flips.better,
               report.flips.worse);
}

/// Those shown in the table: of many labels the ones that fell furthest.
std::vector<const SliceReport *> shownSlices(const FlipStory &story)
{
    std::vector<const SliceReport *> labels;
    std::vector<const SliceReport *> others;
    for (const SliceReport &report : story.slices.slices)
        (report.slice.kind == SliceKind::Label ? labels : others).push_back(&report);
    if (labels.size() > mostLabels) {
        std::ranges::stable_sort(
            labels, {}, [](const SliceReport *report) { return report->difference.value; });
        labels.resize(mostLabels);
    }
    labels.insert(labels.end(), others.begin(), others.end());
    return labels;
}

void printSlices(const FlipStory &story)
{
    const std::vector<const SliceReport *> shown = shownSlices(story);
    std::size_t width = 5;
    for (const SliceReport *report : shown)
        width = std::max(width, fmt::formatted_size("{}", sliceName(story, report->slice)));
    fmt::print("{:<{}}  {:>8}  {:>22}  {:>8}  {:>22}  {:>20}  {:>7}  {:>6}  {:>5}\n", "slice",
               width, "examples", "accuracy, 95 %", "original", "same answer, 95 %",
               "calibration error", "changed", "better", "worse");
    printSlice(story, story.slices.all, width);
    SliceKind kind = SliceKind::All;
    for (const SliceReport *report : shown) {
        if (report->slice.kind != kind)
            fmt::print("\n");
        kind = report->slice.kind;
        printSlice(story, *report, width);
    }
    const auto labels = std::ranges::count(story.slices.slices, SliceKind::Label,
                                           [](const SliceReport &r) { return r.slice.kind; });
    if (labels > static_cast<std::ptrdiff_t>(mostLabels))
        fmt::print("\nthe {} labels of {} that fell furthest; --json has all\n", mostLabels,
                   labels);
}

/// A share of right answers outside of a slice.
double ofTheRest(const Interval &all, const Interval &part)
{
    const double rest = static_cast<double>(all.n - part.n);
    const double right =
        all.value * static_cast<double>(all.n) - part.value * static_cast<double>(part.n);
    return rest > 0 ? right / rest : 0;
}

void printCollapsed(const FlipStory &story)
{
    const auto figure = [](double share) { return fmt::format("{:.1f}", 100 * share); };
    const SliceReport &all = story.slices.all;
    for (const SliceReport &part : story.slices.slices) {
        if (part.collapsed)
            fmt::print("\n{}\n",
                       message(messages::flipsCollapsed, sliceName(story, part.slice),
                               figure(part.originalAccuracy.value), figure(part.accuracy.value),
                               figure(ofTheRest(all.originalAccuracy, part.originalAccuracy)),
                               figure(ofTheRest(all.accuracy, part.accuracy)))
                           .text());
    }
}

std::string textOf(const FlipStory &story, const Flip &flip)
{
    if (!story.texts)
        return {};
    const Example example = (*story.texts)[flip.example];
    std::string text(example.textA);
    if (story.texts->pairs())
        text += " | " + std::string(example.textB);
    return oneLine(text, longestText);
}

void printList(const FlipStory &story)
{
    std::size_t width = 8;
    for (std::size_t i = 0; i < story.shown; ++i) {
        const Flip &flip = story.flips[i];
        for (const std::int32_t label : {flip.gold, flip.original, flip.now})
            width = std::max(
                width,
                fmt::formatted_size("{}", oneLine(labelName(story.answers, label), longestName)));
    }
    const auto answer = [&](std::int32_t label, double confidence) {
        return fmt::format("{:<{}}  {:>7}", oneLine(labelName(story.answers, label), longestName),
                           width, percentText(confidence));
    };
    fmt::print("{:>7}  {:<{}}  {:<{}}  {:<{}}  {:>7}  {}\n", "example", "correct", width,
               "original", width + 9, "now", width + 9, "margin", story.texts ? "text" : "");
    for (std::size_t i = 0; i < story.shown; ++i) {
        const Flip &flip = story.flips[i];
        fmt::print("{:>7}  {:<{}}  {}  {}  {:>7}  {}\n", flip.example,
                   oneLine(labelName(story.answers, flip.gold), longestName), width,
                   answer(flip.original, flip.originalConfidence),
                   answer(flip.now, flip.confidence), percentText(flip.margin),
                   textOf(story, flip));
    }
}

const AnswerBlame *blameOf(const FlipStory &story, const Flip &flip)
{
    if (!story.blames)
        return nullptr;
    const auto blame = std::ranges::find(*story.blames, flip.example, &AnswerBlame::example);
    return blame == story.blames->end() ? nullptr : &*blame;
}

/// For each answer the layers that bring the old one back, the most effective first.
void printBlames(const FlipStory &story)
{
    constexpr std::size_t mostLayers = 3;
    fmt::print("\nWhich layers, put back as they were, bring the old answer back (or move towards "
               "it):\n\n");
    std::map<std::string, int> restoring;
    for (std::size_t i = 0; i < story.shown; ++i) {
        const AnswerBlame *blame = blameOf(story, story.flips[i]);
        if (!blame)
            continue;
        std::vector<std::string> parts;
        for (const LayerBlame &layer : blame->layers) {
            restoring[layer.layer] += layer.restores;
            if (parts.size() < mostLayers && layer.verified > 0)
                parts.push_back(fmt::format("{} {:+.2f}{}", layer.layer, layer.verified,
                                            layer.restores ? " ✓" : ""));
        }
        fmt::print("{:>7}  {}\n", blame->example, fmt::join(parts, ", "));
    }
    std::vector<std::pair<int, std::string>> most;
    for (const auto &[layer, count] : restoring) {
        if (count > 0)
            most.push_back({-count, layer});
    }
    std::ranges::sort(most);
    fmt::print("\n✓: alone enough. Logits that the old answer gains on the new one.");
    if (!most.empty())
        fmt::print(" Most often enough: {} ({} of {}).", most.front().second, -most.front().first,
                   story.blames->size());
    if (const auto agreement = agreementOf(*story.blames))
        fmt::print(" Slopes alone would have ranked them so with a correlation of {:.2f}.",
                   *agreement);
    fmt::print("\n");
}

Json blameJson(const AnswerBlame &blame)
{
    Json layers = Json::array();
    for (const LayerBlame &layer : blame.layers)
        layers.push_back({{"layer", layer.layer},
                          {"estimated", layer.estimated},
                          {"verified", layer.verified},
                          {"restores", layer.restores}});
    return layers;
}

Json countsJson(const FlipCounts &counts)
{
    return {{"changed", counts.all()},
            {"better", counts.better},
            {"worse", counts.worse},
            {"wrongEitherWay", counts.otherwiseWrong}};
}

Json flipJson(const FlipStory &story, const Flip &flip)
{
    Json json{{"example", flip.example}};
    if (story.texts) {
        const Example example = (*story.texts)[flip.example];
        json["text"] = std::string(example.textA);
        if (story.texts->pairs())
            json["textB"] = std::string(example.textB);
    }
    json["correct"] = labelName(story.answers, flip.gold);
    json["original"] = {{"answer", labelName(story.answers, flip.original)},
                        {"confidence", flip.originalConfidence}};
    json["now"] = {{"answer", labelName(story.answers, flip.now)}, {"confidence", flip.confidence}};
    json["margin"] = flip.margin;
    json["became"] = kindName(flip.kind);
    if (const AnswerBlame *blame = blameOf(story, flip))
        json["blame"] = blameJson(*blame);
    return json;
}

Json sliceJson(const FlipStory &story, const SliceReport &report)
{
    Json json{{"kind", kindName(report.slice.kind)}};
    if (report.slice.kind == SliceKind::Label) {
        json["label"] = labelName(story.answers, report.slice.label);
    } else if (report.slice.kind != SliceKind::All) {
        json["low"] = report.slice.low;
        json["high"] = report.slice.high;
    }
    json["examples"] = report.accuracy.n;
    json["accuracy"] = intervalJson(report.accuracy);
    json["originalAccuracy"] = intervalJson(report.originalAccuracy);
    json["difference"] = intervalJson(report.difference);
    json["loyalty"] = intervalJson(report.loyalty);
    json["calibrationError"] = intervalJson(report.calibrationError);
    json["originalCalibrationError"] = intervalJson(report.originalCalibrationError);
    json.update(countsJson(report.flips));
    if (report.slice.kind != SliceKind::All) {
        json["p"] = report.p;
        json["collapsed"] = report.collapsed;
    }
    return json;
}

} // namespace

void printFlips(const FlipStory &story)
{
    const FlipCounts counts = counted(story.flips);
    fmt::print("run {}: {}\n", story.run.id, shortName(story.run.recipe));
    fmt::print("{} of {} answers are not the original's: {} better, {} worse, {} wrong either "
               "way\n\n",
               counts.all(), story.answers.data.gold.size(), counts.better, counts.worse,
               counts.otherwiseWrong);
    printSlices(story);
    printCollapsed(story);
    if (story.texts)
        fmt::print("\nrare words: those that stand fewer than {} times in {}\n", story.rareBelow,
                   story.run.dataPath);
    else
        fmt::print("\n{}\n", story.withoutTexts.text());
    if (story.shown == 0)
        return;
    if (story.shown < story.flips.size())
        fmt::print("\nThe {} that the original was surest of (--limit {} lists all):\n\n",
                   story.shown, story.flips.size());
    else
        fmt::print("\nAll of them, those first that the original was surest of:\n\n");
    printList(story);
    if (story.blames)
        printBlames(story);
}

void printFlipsJson(const FlipStory &story)
{
    Json json{{"schema", 1},
              {"run", story.run.id},
              {"data",
               {{"path", story.run.dataPath},
                {"hash", story.answers.data.hash},
                {"examples", story.answers.data.gold.size()},
                {"texts", story.texts.has_value()}}}};
    json.update(countsJson(counted(story.flips)));
    json["flips"] = Json::array();
    for (std::size_t i = 0; i < story.shown; ++i)
        json["flips"].push_back(flipJson(story, story.flips[i]));
    if (story.blames) {
        const std::optional<double> agreement = agreementOf(*story.blames);
        json["agreement"] = agreement ? Json(*agreement) : Json();
    }
    json["all"] = sliceJson(story, story.slices.all);
    json["slices"] = Json::array();
    for (const SliceReport &report : story.slices.slices)
        json["slices"].push_back(sliceJson(story, report));
    fmt::print("{}\n", json.dump(2));
}

} // namespace pare

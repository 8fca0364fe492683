#include "app/cli/responses.h"

#include "app/cli/tables.h"
#include "core/base/numbers.h"
#include "core/search/interactions.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include <fmt/ranges.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

constexpr int rankedLayers = 3;

/// "4 bits, groups of 64", without the layer.
std::string optionName(const Response &response)
{
    Step step = response.option();
    step.layers = techniqueInfo(step.technique).defaultSelection;
    return shortName(step);
}

std::string signedBytes(std::int64_t bytes)
{
    return bytes < 0 ? "-" + formatBytes(-bytes) : formatBytes(bytes);
}

Json intervalJson(const Interval &interval)
{
    return {{"value", interval.value},
            {"low", interval.low},
            {"high", interval.high},
            {"n", interval.n}};
}

Json responseJson(const ResponseTable &table, const Response &response)
{
    const Json step = toJson(Recipe{{response.option()}}).at("steps").at(0);
    const ProbeEstimate estimate = table.estimateOf(response);
    const auto examples = static_cast<std::int64_t>(table.order.size());
    return {
        {"layer", response.place},
        {"technique", step.at("technique")},
        {"settings", step.at("settings")},
        {"run", response.id},
        {"bytes", response.bytes},
        {"savedBytes", table.bytes - response.bytes},
        {"latencyMs", table.milliseconds + response.milliseconds},
        {"weightError", response.weightError},
        {"outputError", response.outputError ? Json(*response.outputError) : Json()},
        {"answersChanged", std::llround(estimate.changed.value * static_cast<double>(examples))},
        {"examples", examples},
        {"rows", table.rows(response)},
        {"accuracy", intervalJson(estimate.accuracy)},
        {"changed", intervalJson(estimate.changed)},
        {"distance", estimate.distance}};
}

Json jointJson(const ResponseTable &table, const JointResponse &joint)
{
    const auto optionJson = [&](std::size_t number) {
        const Response &response = table.responses[number];
        return Json{{"layer", response.place}, {"run", response.id}};
    };
    const ProbeEstimate estimate = table.estimateOf(joint.response);
    return {{"options", Json::array({optionJson(joint.first), optionJson(joint.second)})},
            {"run", joint.response.id},
            {"bytes", joint.response.bytes},
            {"rows", table.rows(joint.response)},
            {"accuracy", intervalJson(estimate.accuracy)},
            {"changed", intervalJson(estimate.changed)},
            {"interaction", interactionOf(table, joint)}};
}

Json leftOutJson(const ResponseTable &table, const Response &response)
{
    const Json step = toJson(response.recipe).at("steps").at(0);
    const ProbeEstimate estimate = table.estimateOf(response);
    return {{"layer", response.place},
            {"technique", step.at("technique")},
            {"settings", step.at("settings")},
            {"run", response.id},
            {"bytes", response.bytes},
            {"rows", table.rows(response)},
            {"accuracy", intervalJson(estimate.accuracy)},
            {"changed", intervalJson(estimate.changed)},
            {"distance", estimate.distance}};
}

void printLeftOut(const ResponseTable &table)
{
    std::size_t layerWidth = 8;
    std::size_t optionWidth = 6;
    for (const Response &response : table.leftOut) {
        layerWidth = std::max(layerWidth, response.place.size());
        optionWidth = std::max(optionWidth, optionName(response).size());
    }
    fmt::print("\n{:<{}}  {:<{}}  {:>23}  {:>23}  {:>5}\n", "left out", layerWidth,
               "everywhere else", std::max<std::size_t>(optionWidth, 15), "accuracy", "changed",
               "asked");
    for (const Response &response : table.leftOut) {
        const ProbeEstimate estimate = table.estimateOf(response);
        fmt::print("{:<{}}  {:<{}}  {:>23}  {:>23}  {:>5}\n", response.place, layerWidth,
                   optionName(response), std::max<std::size_t>(optionWidth, 15),
                   bandText(estimate.accuracy), bandText(estimate.changed), table.rows(response));
    }
}

/// Those first that are furthest from the sum of both.
void printJoints(const ResponseTable &table)
{
    std::vector<JointResponse> joints = table.joints;
    std::ranges::stable_sort(joints, std::greater(), [&](const JointResponse &joint) {
        return interactionOf(table, joint);
    });
    const auto nameOf = [&](std::size_t number) {
        const Response &response = table.responses[number];
        return fmt::format("{} {}", response.place, optionName(response));
    };
    std::size_t width = 5;
    for (const JointResponse &joint : joints)
        width = std::max({width, nameOf(joint.first).size(), nameOf(joint.second).size()});
    fmt::print("\n{:<{}}  {:<{}}  {:>13}  {:>23}\n", "pair", width, "", width, "not the sum",
               "changed");
    for (const JointResponse &joint : joints)
        fmt::print("{:<{}}  {:<{}}  {:>11.0f} %  {:>23}\n", nameOf(joint.first), width,
                   nameOf(joint.second), width, 100 * interactionOf(table, joint),
                   bandText(table.estimateOf(joint.response).changed));
}

/// Of the option that hurts most, the layers that lose most and least by it.
void printRanking(const ResponseTable &table)
{
    std::map<std::string, std::vector<std::pair<double, std::string>>> byOption;
    for (const Response &response : table.responses) {
        if (!response.changes.empty())
            byOption[optionName(response)].emplace_back(table.estimateOf(response).distance,
                                                        response.place);
    }
    const auto total = [](const auto &option) {
        return std::accumulate(option.second.begin(), option.second.end(), 0.0,
                               [](double sum, const auto &layer) { return sum + layer.first; });
    };
    const auto worst = std::ranges::max_element(byOption, {}, total);
    if (worst == byOption.end() || worst->second.size() < 2 * rankedLayers)
        return;
    auto &[name, layers] = *worst;
    std::ranges::sort(layers, std::greater());
    const auto names = [](auto first, auto last) {
        std::vector<std::string> found;
        std::transform(first, last, std::back_inserter(found),
                       [](const auto &layer) { return layer.second; });
        return fmt::format("{}", fmt::join(found, ", "));
    };
    fmt::print("Answers move most where {} is put on {}; least on {}.\n", name,
               names(layers.begin(), layers.begin() + rankedLayers),
               names(layers.rbegin(), layers.rbegin() + rankedLayers));
}

} // namespace

void printResponses(const ResponseTable &table)
{
    if (std::ranges::all_of(table.responses, &std::vector<float>::empty, &Response::changes))
        return;
    std::size_t layerWidth = 5;
    std::size_t optionWidth = 6;
    for (const Response &response : table.responses) {
        layerWidth = std::max(layerWidth, response.place.size());
        optionWidth = std::max(optionWidth, optionName(response).size());
    }
    fmt::print("{:<{}}  {:<{}}  {:>9}  {:>9}  {:>8}  {:>8}  {:>23}  {:>23}  {:>5}\n", "layer",
               layerWidth, "option", optionWidth, "saves", "time", "weights", "outputs", "accuracy",
               "changed", "asked");
    for (const Response &response : table.responses) {
        if (response.changes.empty())
            continue;
        const ProbeEstimate estimate = table.estimateOf(response);
        fmt::print("{:<{}}  {:<{}}  {:>9}  {:>+6.3f} ms  {:>8}  {:>8}  {:>23}  {:>23}  {:>5}\n",
                   response.place, layerWidth, optionName(response), optionWidth,
                   signedBytes(table.bytes - response.bytes), response.milliseconds,
                   errorText(response.weightError), errorText(response.outputError),
                   bandText(estimate.accuracy), bandText(estimate.changed), table.rows(response));
    }
    std::int64_t asked = 0;
    for (const Response &response : table.responses)
        asked = std::max(asked, table.rows(response));
    fmt::print(
        "\nOf {} examples, of which at most {} were asked; the original: {} bytes, {:.2f} ms, "
        "accuracy {:.1f} %.\nweights, outputs: relative errors of the layer{}; changed: "
        "answers that differ from the original's.\n",
        table.order.size(), asked, table.bytes, table.milliseconds, 100 * table.original.accuracy,
        std::ranges::any_of(
            table.responses,
            [](const Response &response) { return response.outputError.has_value(); })
            ? ""
            : " (outputs are compared on --calibration)");
    printRanking(table);
    if (!table.leftOut.empty())
        printLeftOut(table);
    if (!table.joints.empty())
        printJoints(table);
}

void printResponsesJson(const ResponseTable &table, const std::vector<Run> &runs)
{
    Json json{{"schema", 1},
              {"runs", Json::array()},
              {"table", table.hash()},
              {"responses", Json::array()}};
    for (const Run &run : runs)
        json["runs"].push_back(toJson(run));
    for (const Response &response : table.responses)
        json["responses"].push_back(responseJson(table, response));
    json["leftOut"] = Json::array();
    for (const Response &response : table.leftOut)
        json["leftOut"].push_back(leftOutJson(table, response));
    json["pairs"] = Json::array();
    for (const JointResponse &joint : table.joints)
        json["pairs"].push_back(jointJson(table, joint));
    fmt::print("{}\n", json.dump(2));
}

} // namespace pare

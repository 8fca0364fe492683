#include "app/cli/responses.h"

#include "app/cli/tables.h"
#include "core/base/numbers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

const LayerRecord &recordOf(const Response &response)
{
    return *std::ranges::find(response.run.layers, response.layer, &LayerRecord::name);
}

/// "4 bits, groups of 64", without the layer.
std::string optionName(const Response &response)
{
    Step step = response.option;
    step.layers = techniqueInfo(step.technique).defaultSelection;
    return shortName(step);
}

std::int64_t savedBytes(const Run &run)
{
    return run.baseline.bytes - run.measured.bytes;
}

std::string signedBytes(std::int64_t bytes)
{
    return bytes < 0 ? "-" + formatBytes(-bytes) : formatBytes(bytes);
}

Json responseJson(const Response &response)
{
    const Run &run = response.run;
    const Json step = toJson(Recipe{{response.option}}).at("steps").at(0);
    const LayerRecord &layer = recordOf(response);
    return {{"layer", response.layer},
            {"technique", step.at("technique")},
            {"settings", step.at("settings")},
            {"run", run.id},
            {"bytes", run.measured.bytes},
            {"savedBytes", savedBytes(run)},
            {"latencyMs", run.measured.latencyMs.median},
            {"weightError", layer.weightError},
            {"outputError", layer.outputError ? Json(*layer.outputError) : Json()},
            {"answersChanged", answersChanged(run)},
            {"examples", run.labelLoyalty.n}};
}

} // namespace

void printResponses(const std::vector<Response> &responses)
{
    std::size_t layerWidth = 5;
    std::size_t optionWidth = 6;
    for (const Response &response : responses) {
        layerWidth = std::max(layerWidth, response.layer.size());
        optionWidth = std::max(optionWidth, optionName(response).size());
    }
    fmt::print("{:<{}}  {:<{}}  {:>9}  {:>12}  {:>9}  {:>8}  {:>8}  {:>14}\n", "layer", layerWidth,
               "option", optionWidth, "saves", "file, bytes", "latency", "weights", "outputs",
               "changed");
    for (const Response &response : responses) {
        const Run &run = response.run;
        const LayerRecord &layer = recordOf(response);
        fmt::print("{:<{}}  {:<{}}  {:>9}  {:>12}  {:>6.2f} ms  {:>8}  {:>8}  {:>14}\n",
                   response.layer, layerWidth, optionName(response), optionWidth,
                   signedBytes(savedBytes(run)), run.measured.bytes,
                   run.measured.latencyMs.median, errorText(layer.weightError),
                   errorText(layer.outputError),
                   fmt::format("{} of {}", answersChanged(run), run.labelLoyalty.n));
    }
    fmt::print("\nweights, outputs: relative errors of the layer{}; changed: answers that differ "
               "from the original's\n",
               std::ranges::any_of(responses,
                                   [](const Response &response) {
                                       return recordOf(response).outputError.has_value();
                                   })
                   ? ""
                   : " (outputs are compared on --calibration)");
}

void printResponsesJson(const std::vector<Response> &responses)
{
    Json json{{"schema", 1}, {"runs", Json::array()}, {"responses", Json::array()}};
    for (const Response &response : responses) {
        json["runs"].push_back(toJson(response.run));
        json["responses"].push_back(responseJson(response));
    }
    fmt::print("{}\n", json.dump(2));
}

} // namespace pare

#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/cli/terminal.h"
#include "core/base/numbers.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/planneddescription.h"

#include <memory>
#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

struct InspectOptions
{
    std::string model;
    RecipeOptions recipe;
    bool json = false;
};

Json tensorJson(const TensorSource &tensor)
{
    Json json{{"name", tensor.name}};
    if (tensor.transposed)
        json["transposed"] = true;
    if (tensor.sliceDimension >= 0)
        json["slice"] = {{"dimension", tensor.sliceDimension},
                         {"begin", tensor.sliceBegin},
                         {"end", tensor.sliceEnd}};
    return json;
}

Json layerJson(const Layer &layer)
{
    Json json{{"name", layer.name},
              {"role", nameOf(layer.role)},
              {"stack", layer.stack.empty() ? Json() : Json(layer.stack)},
              {"block", layer.block < 0 ? Json() : Json(layer.block)},
              {"shape", layer.shape},
              {"dtype", nameOf(layer.dtype)},
              {"parameters", layer.parameters},
              {"bytes", layer.bytes},
              {"sharedWith", layer.sharedWith.empty() ? Json() : Json(layer.sharedWith)},
              {"storage", layer.storage},
              {"tensors", Json::array()}};
    for (const TensorSource &tensor : layer.tensors)
        json["tensors"].push_back(tensorJson(tensor));
    return json;
}

void printJson(const ModelDescription &model)
{
    Json json{{"schema", 1},
              {"architecture", model.architecture},
              {"parameters", model.parameters},
              {"bytes", model.bytes},
              {"weights", model.weightsKnown},
              {"layers", Json::array()}};
    for (const Layer &layer : model.layers)
        json["layers"].push_back(layerJson(layer));
    fmt::print("{}\n", json.dump(2));
}

void printTable(const ModelDescription &model)
{
    fmt::print("{} {} x {}, {} parameters, {} when exported{}\n\n", model.architecture,
               model.blocks, model.width, model.parameters, formatBytes(model.bytes),
               model.weightsKnown ? "" : " (described from config.json alone)");
    fmt::print("{:<28} {:<19} {:>14} {:>11} {:>10}  {}\n", "layer", "role", "shape", "parameters",
               "size", "stored as");
    for (const Layer &layer : model.layers) {
        const std::string stored = !layer.sharedWith.empty() ? "shared with " + layer.sharedWith
                                   : layer.storage.empty()   ? std::string(nameOf(layer.dtype))
                                                             : layer.storage;
        fmt::print("{:<28} {:<19} {:>14} {:>11} {:>10}  {}\n", layer.name, nameOf(layer.role),
                   fmt::format("{}", fmt::join(layer.shape, " x ")), layer.parameters,
                   formatBytes(layer.bytes), stored);
    }
}

void inspect(const InspectOptions &options)
{
    const Checkpoint checkpoint = openCheckpoint(options.model, CheckpointWeights::Optional);
    for (const Message &warning : checkpoint.warnings)
        printWarning(warning);
    const PlannedDescription planned = plannedDescription(checkpoint, options.recipe.recipe());
    for (const Message &note : planned.notes)
        printNote(note);
    if (options.json)
        printJson(planned.model);
    else
        printTable(planned.model);
}

} // namespace

void addInspect(CLI::App &app)
{
    CLI::App *command = app.add_subcommand(
        "inspect", "Show a model's layers, parameters and bytes, before or after a recipe");
    const auto options = std::make_shared<InspectOptions>();
    command->add_option("MODEL", options->model, "Model folder, .safetensors file, or config.json")
        ->required();
    options->recipe.addTo(*command);
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { inspect(*options); });
}

} // namespace pare

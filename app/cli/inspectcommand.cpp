#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"
#include "app/cli/terminal.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/base/utf8.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/exportedfiles.h"
#include "core/checkpoint/ggufreader.h"
#include "core/experiment/planneddescription.h"
#include "core/model/parameterparts.h"
#include "core/tensors/safetensorsfile.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <ranges>

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
    bool check = false;
};

/// What holds the weights; nothing: config.json alone.
std::optional<std::filesystem::path> weightFileOf(const Checkpoint &checkpoint)
{
    if (checkpoint.file)
        return checkpoint.file->path();
    if (checkpoint.gguf)
        return checkpoint.gguf->path();
    if (checkpoint.script)
        return checkpoint.script->path();
    return {};
}

std::int64_t bytesOf(const std::filesystem::path &file)
{
    return static_cast<std::int64_t>(std::filesystem::file_size(file));
}

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

/// What the total counts, as papers differ in it.
Json countedJson(const ModelDescription &model)
{
    const ParameterParts parts = parametersByPart(model);
    const auto positions = positionWidth(model);
    return {{"pooler", parts.pooler > 0},
            {"head", parts.head > 0},
            {"positionWidth", positions ? Json(*positions) : Json()}};
}

void printJson(const Checkpoint &checkpoint, const ModelDescription &model)
{
    const ParameterParts parts = parametersByPart(model);
    Json json{{"schema", 1},
              {"architecture", model.architecture},
              {"parameters", model.parameters},
              {"parametersByPart",
               {{"embeddings", parts.embeddings},
                {"blocks", parts.blocks},
                {"pooler", parts.pooler},
                {"head", parts.head}}},
              {"counted", countedJson(model)},
              {"bytes", model.bytes},
              {"file", Json()},
              {"weights", model.weightsKnown},
              {"compressed", checkpoint.alreadyCompressed().has_value()},
              {"export", checkpoint.record ? toJson(*checkpoint.record) : Json()},
              {"layers", Json::array()}};
    if (const auto file = weightFileOf(checkpoint))
        json["file"] = {{"name", validUtf8(file->filename().string())}, {"bytes", bytesOf(*file)}};
    for (const Layer &layer : model.layers)
        json["layers"].push_back(layerJson(layer));
    fmt::print("{}\n", json.dump(2));
}

/// "12", or "6 + 6" of an encoder and a decoder.
std::string blocksOf(const ModelDescription &model)
{
    std::vector<std::pair<std::string, int>> stacks;
    for (const Layer &layer : model.layers) {
        if (layer.block < 0)
            continue;
        if (stacks.empty() || stacks.back().first != layer.stack)
            stacks.emplace_back(layer.stack, 0);
        stacks.back().second = std::max(stacks.back().second, layer.block + 1);
    }
    return fmt::format("{}", fmt::join(stacks | std::views::values, " + "));
}

void printCounted(const ModelDescription &model)
{
    const ParameterParts parts = parametersByPart(model);
    const auto positions = positionWidth(model);
    fmt::print("embeddings {}, blocks {}, pooler {}, head {}; {} without pooler and head\n",
               parts.embeddings, parts.blocks, parts.pooler, parts.head, parts.body());
    fmt::print("counted with biases and norms, shared weights once; positions {}\n\n",
               positions ? fmt::format("{} wide", *positions) : "are computed, no table");
}

void printTable(const Checkpoint &checkpoint, const ModelDescription &model)
{
    fmt::print("{} {} x {}, {} parameters, {} when exported{}\n", model.architecture,
               blocksOf(model), model.width, model.parameters, formatBytes(model.bytes),
               model.weightsKnown ? "" : " (described from config.json alone)");
    if (const auto file = weightFileOf(checkpoint))
        fmt::print("{}: {}\n", file->filename().string(), formatBytes(bytesOf(*file)));
    printCounted(model);
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

/// Against what pare.json says of them.
void checkFiles(const Checkpoint &checkpoint)
{
    if (!checkpoint.record || checkpoint.record->files.empty())
        throw Error(ErrorKind::InvalidFile, messages::inspectNoHashes, checkpoint.folder);
    const std::vector<Message> changed =
        changedFiles(checkpoint.folder, *checkpoint.record, FileCheck::Contents);
    if (!changed.empty())
        throw Error(ErrorKind::InvalidFile, changed.front());
    printNote(message(messages::inspectUnchanged, checkpoint.record->files.size()));
}

void inspect(const InspectOptions &options)
{
    const Checkpoint checkpoint = openCheckpoint(options.model, CheckpointWeights::Optional);
    for (const Message &warning : checkpoint.warnings)
        printWarning(warning);
    if (const std::optional<Message> compressed = checkpoint.alreadyCompressed())
        printNote(*compressed);
    if (options.check)
        checkFiles(checkpoint);
    const PlannedDescription planned = plannedDescription(checkpoint, options.recipe.recipe());
    for (const Message &note : planned.notes)
        printNote(note);
    if (options.json)
        printJson(checkpoint, planned.model);
    else
        printTable(checkpoint, planned.model);
}

} // namespace

void addInspect(CLI::App &app)
{
    CLI::App *command = app.add_subcommand(
        "inspect", "Show a model's layers, parameters and bytes, before or after a recipe");
    const auto options = std::make_shared<InspectOptions>();
    command
        ->add_option("MODEL", options->model,
                     "Model folder, .safetensors, .gguf or .pt file, or config.json")
        ->required();
    options->recipe.addTo(*command);
    command->add_flag("--check", options->check,
                      "Compare the files of an exported folder with the SHA-256 in its pare.json");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { inspect(*options); });
}

} // namespace pare

#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/namedruns.h"
#include "app/cli/options.h"
#include "app/cli/terminal.h"
#include "app/cli/usage.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/planneddescription.h"
#include "core/model/recipechanges.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t largestRecipe = 16u << 20;

struct RecipeCommandOptions
{
    std::string source;
    RecipeOptions recipe;
    std::string model;
    std::string diff;
    std::vector<std::string> merge;
    std::string output;
    bool json = false;
};

/// Of a file, a folder that export wrote, or a run of a project.
Recipe recipeOf(const std::string &source)
{
    if (const std::optional<RunName> name = parsedRunName(source)) {
        const Run run = namedRun(*name);
        if (run.distillation)
            printNote(message(messages::recipeTaught, source, run.distillation->method.text()));
        return run.recipe;
    }
    const std::filesystem::path path(source);
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored))
        return checked(recipeFromJson(readFile(path, largestRecipe), source));
    const Checkpoint checkpoint = openCheckpoint(path, CheckpointWeights::Ignored);
    if (!checkpoint.record)
        throw Error(ErrorKind::InvalidFile, messages::recipeNone, source);
    return checkpoint.record->recipe;
}

Recipe recipeOf(const RecipeCommandOptions &options)
{
    Recipe recipe = options.source.empty() ? Recipe() : recipeOf(options.source);
    if (!options.recipe.empty())
        recipe = merged(recipe, options.recipe.recipe());
    for (const std::string &other : options.merge)
        recipe = merged(recipe, recipeOf(other));
    return recipe;
}

std::string inWords(const Step &step)
{
    Recipe one;
    one.steps.push_back(step);
    return shortName(one);
}

void printChanges(const std::vector<StepChange> &changes)
{
    if (changes.empty())
        fmt::print("the same\n");
    for (const StepChange &change : changes) {
        if (change.before)
            fmt::print("- {}\n", change.before->text());
        if (change.after)
            fmt::print("+ {}\n", change.after->text());
        if (change.before && change.after)
            fmt::print("    {}\n", fmt::join(change.settings(), ", "));
    }
}

Json changesJson(const std::vector<StepChange> &changes)
{
    Json json = Json::array();
    for (const StepChange &change : changes)
        json.push_back({{"before", change.before ? Json(change.before->text()) : Json()},
                        {"after", change.after ? Json(change.after->text()) : Json()},
                        {"settings", change.settings()}});
    return json;
}

void printRecipe(const Recipe &recipe)
{
    const std::vector<Step> steps = recipe.allSteps();
    if (steps.empty())
        fmt::print("no steps\n");
    for (const Step &step : steps)
        fmt::print("{:<24} {}\n", inWords(step), step.text());
}

void printPlan(const Checkpoint &checkpoint, const RecipePlan &planned)
{
    std::size_t touched = 0;
    for (const PlannedLayer &layer : planned.layers)
        touched += !layer.steps.empty();
    const std::optional<std::int64_t> bytes = plannedFileBytes(checkpoint, planned);
    fmt::print("\n{} of {} layers change; {} of {} when exported\n", touched,
               checkpoint.description.layers.size(),
               bytes ? formatBytes(*bytes) : "size known once the weights are compressed,",
               formatBytes(checkpoint.description.bytes));
}

void runRecipe(const RecipeCommandOptions &options)
{
    if (options.source.empty() && options.recipe.empty())
        throw WrongUsage(messages::recipeNothing);
    Recipe recipe = recipeOf(options);
    std::optional<Checkpoint> checkpoint;
    std::optional<RecipePlan> planned;
    if (!options.model.empty()) {
        checkpoint = openCheckpoint(options.model, CheckpointWeights::Optional);
        planned = plan(recipe, checkpoint->description);
        recipe = planned->recipe;
        for (const Message &note : planned->notes)
            printNote(note);
    }
    if (!options.output.empty()) {
        makeParentFolders(options.output);
        writeFile(options.output, toJson(recipe).dump(2) + "\n");
    }
    if (!options.diff.empty()) {
        const std::vector<StepChange> changes = changesBetween(recipe, recipeOf(options.diff));
        if (options.json)
            fmt::print("{}\n", changesJson(changes).dump(2));
        else
            printChanges(changes);
        return;
    }
    if (options.json) {
        fmt::print("{}\n", toJson(recipe).dump(2));
        return;
    }
    printRecipe(recipe);
    if (planned)
        printPlan(*checkpoint, *planned);
}

} // namespace

void addRecipe(CLI::App &app)
{
    CLI::App *command = app.add_subcommand("recipe", "Print, check, compare and merge recipes");
    const auto options = std::make_shared<RecipeCommandOptions>();
    command->add_option("RECIPE", options->source,
                        "Recipe file, PROJECT.pare#RUN, or a folder that export wrote");
    options->recipe.addTo(*command);
    command->add_option("--model", options->model,
                        "Check it against this model: layers, order, conflicts, bytes");
    command->add_option("--diff", options->diff, "Show what another recipe does otherwise")
        ->type_name("RECIPE");
    command
        ->add_option("--merge", options->merge,
                     "Add the steps of another recipe, which count where both set the same")
        ->type_name("RECIPE")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    command->add_option("--output", options->output, "Write the recipe there, as JSON")
        ->type_name("R.json");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { runRecipe(*options); });
}

} // namespace pare

#include "app/cli/options.h"

#include "app/cli/checks.h"
#include "app/cli/messages.h"
#include "app/cli/terminal.h"
#include "core/base/files.h"
#include "core/compression/share/survivors.h"
#include "core/model/training.h"
#include "core/text/datasource.h"

#include <algorithm>

namespace pare {

namespace {

constexpr std::uint64_t largestRecipe = 16u << 20;
constexpr int mostThreads = 1024;

} // namespace

void RecipeOptions::addStepsTo(CLI::App &command)
{
    command.add_option("--recipe", file, "Recipe file (JSON); its steps come first")
        ->type_name("R.json");
    command.add_option("--step", steps, "One more step: 'TECHNIQUE key=value … [@ SELECTION]'")
        ->type_name("STEP")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->check(parsedBy([](const std::string &text) { checked(parsedStep(text)); }));
}

void RecipeOptions::addTo(CLI::App &command)
{
    addStepsTo(command);
    command
        .add_option_function<std::string>(
            "--recover",
            [this](const std::string &settings) {
                recover = settings;
                recovers = true;
            },
            "Train the result, what was done to it held: 'epochs=1 learning-rate=3e-5'; needs "
            "--train")
        ->type_name("SETTINGS")
        ->check(parsedBy([](const std::string &text) { checked(parsedRecovery(text)); }));
}

Recipe RecipeOptions::recipe() const
{
    Recipe recipe;
    if (!file.empty())
        recipe = recipeFromJson(readFile(file, largestRecipe), file);
    if (!steps.empty() || recovers)
        recipe.name.clear(); // it is another one
    for (const std::string &step : steps)
        recipe.steps.push_back(parsedStep(step));
    if (recovers)
        recipe.steps.push_back(parsedRecovery(recover));
    return checked(recipe);
}

void WeightOptions::addTo(CLI::App &command)
{
    command
        .add_option("--calibration", calibration,
                    "Examples for techniques that look at activations, and to compare outputs on")
        ->type_name("TRAIN.tsv");
    command.add_option("--calibration-examples", calibrationExamples, "How many of them")
        ->check(wholeNumber(1, 1'000'000));
    command
        .add_option("--dev", dev,
                    "Examples that choose: the best epoch of a training, the best candidate of "
                    "share.layers keep-weights=best")
        ->type_name("DEV.tsv");
    command.add_option("--train", train, "Labelled examples that a recipe's training learns")
        ->type_name("TRAIN.tsv");
    command.add_option("--threads", threads, "Threads that compute (default: all cores)")
        ->check(wholeNumber(1, mostThreads));
    command.add_option("--seed", seed, "Seed of every random choice (default: 0)")
        ->check(wholeNumber());
}

void MeasureOptions::addTo(CLI::App &command)
{
    command
        .add_option("MODEL", model,
                    "Model folder, .gguf file, or .safetensors or .pt file beside its config.json")
        ->required();
    command
        .add_option("--data", data,
                    "Labelled examples to measure on (TSV, CSV, JSON lines, wordnet:test)")
        ->required()
        ->type_name("TEST.tsv");
    weights.addTo(command);
    command.add_option("--project", project, "Project file that keeps the runs")
        ->type_name("P.pare");
    command
        .add_option("--weights-limit", weightsLimit,
                    "Bytes that trained weights beside the project may take, the oldest go first "
                    "(default: 4GB)")
        ->transform(byteSize())
        ->type_name("SIZE");
    command.add_option("--batch-tokens", batchTokens, "Tokens measured at once (default: 2048)")
        ->check(wholeNumber(1, 1 << 20));
    command.add_flag("--json", json, "Print one JSON document");
}

ExperimentOptions MeasureOptions::experiment() const
{
    return {model,
            data,
            weights.seed,
            weights.threads,
            batchTokens,
            weights.calibration,
            weights.calibrationExamples,
            weights.dev,
            weights.train};
}

void WeightOptions::checkCalibration(const Recipe &recipe) const
{
    if (calibration.empty())
        return;
    if (!isBuiltIn(calibration))
        const MappedFile there(calibration);
    const bool needed = std::ranges::any_of(recipe.steps, looksAtData);
    if (!needed)
        printNote(message(messages::calibrationUnused, calibration));
}

void WeightOptions::checkDev(const Recipe &recipe) const
{
    if (!dev.empty() && !choosesSurvivors(recipe) && !recipe.training)
        printNote(message(messages::devUnused, dev));
    if (!train.empty() && !recipe.training)
        printNote(message(messages::trainUnused, train));
    if (dev.empty() && recipe.training && recipe.training->integer("patience") > 0)
        printNote(message(messages::patienceUnused));
}

} // namespace pare

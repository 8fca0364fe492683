#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"
#include "app/cli/predictions.h"
#include "app/cli/projectruns.h"
#include "app/cli/schedulelines.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/checkpoint/checkpoint.h"
#include "core/network/computing.h"
#include "core/project/project.h"
#include "core/project/trainedweights.h"
#include "core/search/whatif.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

struct RunOptions
{
    MeasureOptions measure;
    RecipeOptions recipe;
    ExperimentOutputs outputs;
    bool predicts = false;
};

/// What the run would probably be; the run itself where the project has it.
void predict(const RunOptions &options, const Recipe &recipe)
{
    TerminalProgress progress;
    std::vector<Run> runs;
    if (std::filesystem::exists(options.measure.project))
        runs = Project::open(options.measure.project, Access::ReadOnly).runs();
    const Experiment experiment(options.measure.experiment(), progress);
    const auto measured = std::ranges::find(runs, experiment.idOf(recipe), &Run::id);
    if (measured != runs.end()) {
        progress.clear();
        printNote(message(messages::predictionMeasured, options.measure.project, measured->id));
        return options.measure.json ? printPredictionJson(*measured) : printRun(*measured);
    }
    WhatIf whatIf(experiment, runs);
    const WhatIfAnswer answer = whatIf.of(recipe);
    progress.clear();
    for (const std::string &note : answer.run.notes)
        printNote(note);
    if (options.measure.json)
        printPredictionJson(answer);
    else
        printPrediction(answer);
}

void runOnce(const RunOptions &options)
{
    const Recipe recipe = options.recipe.recipe();
    options.measure.weights.checkDev(recipe);
    if (options.predicts)
        return predict(options, recipe);
    for (const std::string &line : scheduleLines(recipe))
        printNote(line);
    startComputing(options.measure.weights.threads);
    TerminalProgress progress;
    ProjectRuns project(options.measure.project);
    Experiment experiment(options.measure.experiment(), progress);
    project.choose(options.measure.experiment());
    ExperimentOutputs outputs = options.outputs;
    if (!options.measure.project.empty())
        outputs.trained = trainedWeightsFolder(options.measure.project);
    outputs.measured = project.keeper();
    if (project.isKept())
        outputs.prediction = predictedBeforehand(experiment, project.all(), recipe);
    const Run run = experiment.run(recipe, progress, outputs);
    if (run.training && !options.measure.project.empty())
        limitTrainedWeights(options.measure.project,
                            static_cast<std::int64_t>(options.measure.weightsLimit));
    progress.clear();
    for (const Message &warning : experiment.checkpoint().warnings)
        printWarning(warning);
    for (const std::string &note : run.notes)
        printNote(note);
    if (options.measure.json)
        fmt::print("{}\n", toJson(run).dump(2));
    else
        printRun(run);
}

} // namespace

void addRun(CLI::App &app)
{
    CLI::App *command =
        app.add_subcommand("run", "Compress a model, measure it, and say what it cost");
    const auto options = std::make_shared<RunOptions>();
    options->measure.addTo(*command);
    options->recipe.addTo(*command);
    command->add_option("--output", options->outputs.folder, "Write the measured model there")
        ->type_name("DIR");
    command
        ->add_option("--predictions", options->outputs.predictions,
                     "Write one row per example there")
        ->type_name("FILE.tsv");
    CLI::Option *predict = command->add_flag(
        "--predict", options->predicts,
        "Say what it would probably cost, from `pare sweep --per-layer` and the project's runs");
    for (const char *other : {"--output", "--predictions", "--recover"})
        predict->excludes(command->get_option(other));
    command->callback([options] { runOnce(*options); });
}

} // namespace pare

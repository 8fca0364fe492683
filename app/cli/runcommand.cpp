#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/cli/projectruns.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/checkpoint/checkpoint.h"
#include "core/network/computing.h"
#include "core/project/trainedweights.h"

#include <memory>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

struct RunOptions
{
    MeasureOptions measure;
    RecipeOptions recipe;
    ExperimentOutputs outputs;
};

void runOnce(const RunOptions &options)
{
    const Recipe recipe = options.recipe.recipe();
    options.measure.weights.checkDev(recipe);
    startComputing(options.measure.weights.threads);
    TerminalProgress progress;
    ProjectRuns project(options.measure.project);
    Experiment experiment(options.measure.experiment(), progress);
    project.choose(options.measure.experiment());
    ExperimentOutputs outputs = options.outputs;
    if (!options.measure.project.empty())
        outputs.trained = trainedWeightsFolder(options.measure.project);
    outputs.measured = project.keeper();
    const Run run = experiment.run(recipe, progress, outputs);
    if (run.training && !options.measure.project.empty())
        limitTrainedWeights(options.measure.project,
                            static_cast<std::int64_t>(options.measure.weightsLimit));
    progress.clear();
    for (const Message &warning : experiment.checkpoint().warnings)
        printWarning(warning);
    for (const std::string &note : run.notes)
        fmt::print(stderr, "note: {}\n", note);
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
    command->callback([options] { runOnce(*options); });
}

} // namespace pare

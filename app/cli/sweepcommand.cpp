#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"
#include "app/cli/projectruns.h"
#include "app/cli/responses.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/sweep.h"
#include "core/network/computing.h"
#include "core/search/layersweep.h"
#include "core/project/trainedweights.h"

#include <algorithm>
#include <memory>

namespace pare {

namespace {

struct SweepCommand
{
    MeasureOptions measure;
    RecipeOptions base;
    std::vector<std::string> techniques;
    bool perLayer = false;
    SweepOptions sweep;
};

/// Recipes that this model refuses, or for which data is missing, are told before the first is
/// measured; one at least must be left.
void leaveOutImpossible(std::vector<Recipe> &recipes, const Experiment &experiment)
{
    std::optional<Error> last;
    std::erase_if(recipes, [&](const Recipe &recipe) {
        try {
            experiment.check(recipe);
            return false;
        } catch (const Error &error) {
            last = error;
            printWarning(message(messages::sweepLeftOut, shortName(recipe), error.what()));
            return true;
        }
    });
    if (recipes.empty())
        throw Error(*last);
}

/// All options of one layer together, layers in the order of the model.
void orderByLayer(std::vector<Recipe> &recipes, const ModelDescription &model)
{
    std::ranges::stable_sort(recipes, {}, [&](const Recipe &recipe) {
        return std::ranges::find(model.layers, recipe.steps.back().layers, &Layer::name) -
               model.layers.begin();
    });
}

/// The runs of the recipes, in their order: those of the project, and the others measured.
std::vector<Run> measuredRuns(const std::vector<Recipe> &recipes, Experiment &experiment,
                              ProjectRuns &project, const ExperimentOutputs &outputs,
                              TerminalProgress &progress)
{
    std::vector<Run> runs;
    for (const Recipe &recipe : recipes) {
        if (const std::optional<Run> stored = project.find(experiment.idOf(recipe))) {
            runs.push_back(*stored);
            continue;
        }
        runs.push_back(experiment.run(recipe, progress, outputs));
        project.append(runs.back());
        progress.clear();
        fmt::print(stderr, "{} of {}: {}\n", runs.size(), recipes.size(), shortName(recipe));
    }
    return runs;
}

std::string durationText(double seconds)
{
    return seconds < 90 ? fmt::format("{:.0f} s", std::max(1.0, seconds))
                        : fmt::format("{:.0f} min", seconds / 60);
}

void printForecast(const SweepForecast &forecast)
{
    if (forecast.seconds <= 0)
        return; // everything was asked before
    printNote(message(messages::sweepForecast, durationText(forecast.seconds),
                      formatBytes(forecast.bytes), durationText(forecast.coarseSeconds),
                      forecast.learntFrom));
}

/// Fills the response table of these recipes, and prints it.
void sweepLayers(const SweepCommand &options, const Recipe &base,
                 const std::vector<Recipe> &recipes, Experiment &experiment,
                 const ProjectRuns &project, TerminalProgress &progress)
{
    if (base.training)
        throw Error(ErrorKind::InvalidSetting, messages::sweepTraining);
    LayerSweep sweep(experiment, base, recipes, options.sweep, progress);
    progress.clear();
    printForecast(sweep.forecast());
    sweep.run(progress);
    progress.clear();
    if (!options.measure.json) {
        printResponses(sweep.table());
        return;
    }
    std::vector<Run> runs;
    for (const Response &response : sweep.table().responses) {
        if (std::optional<Run> run = project.find(response.id))
            runs.push_back(std::move(*run));
    }
    printResponsesJson(sweep.table(), runs);
}

void sweep(const SweepCommand &options)
{
    const Recipe base = options.base.recipe();
    std::vector<Recipe> recipes =
        sweepRecipes(base, options.techniques); // refuses bad ones before the model is opened
    startComputing(options.measure.weights.threads);
    TerminalProgress progress;
    ProjectRuns project(options.measure.project);
    Experiment experiment(options.measure.experiment(), progress);
    project.choose(options.measure.experiment());
    progress.clear();
    for (const Message &warning : experiment.checkpoint().warnings)
        printWarning(warning);
    if (options.perLayer) {
        recipes =
            sweepRecipesPerLayer(base, options.techniques, experiment.checkpoint().description);
        orderByLayer(recipes, experiment.checkpoint().description);
    }
    leaveOutImpossible(recipes, experiment);
    if (options.perLayer)
        return sweepLayers(options, base, recipes, experiment, project, progress);
    ExperimentOutputs outputs;
    if (!options.measure.project.empty())
        outputs.trained = trainedWeightsFolder(options.measure.project);
    std::vector<Run> runs = measuredRuns(recipes, experiment, project, outputs, progress);
    if (base.training && !options.measure.project.empty())
        limitTrainedWeights(options.measure.project,
                            static_cast<std::int64_t>(options.measure.weightsLimit));
    if (options.measure.json)
        printRunsJson(runs);
    else
        printRuns(std::move(runs));
}

} // namespace

void addSweep(CLI::App &app)
{
    CLI::App *command = app.add_subcommand("sweep", "Try many settings and compare them");
    const auto options = std::make_shared<SweepCommand>();
    options->measure.addTo(*command);
    options->base.addTo(*command);
    command
        ->add_option("--technique", options->techniques,
                     "Settings to try, as in 'quantize.affine bits=8|4|2' or 'rank=32..256:32'")
        ->required()
        ->type_name("STEP")
        ->expected(1)
        ->take_all();
    CLI::Option *perLayer =
        command->add_flag("--per-layer", options->perLayer, "Try each on every single layer");
    command
        ->add_option("--rows", options->sweep.rows,
                     "Examples that each layer is asked at most, those near a decision first")
        ->capture_default_str()
        ->check(CLI::PositiveNumber)
        ->needs(perLayer);
    command
        ->add_option("--tolerance", options->sweep.tolerance,
                     "Ask no more once an accuracy is known within this share")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 1.0))
        ->needs(perLayer);
    command->callback([options] { sweep(*options); });
}

} // namespace pare

#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"
#include "app/cli/projectruns.h"
#include "app/cli/responses.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/sweep.h"
#include "core/network/computing.h"
#include "core/project/trainedweights.h"

#include <algorithm>
#include <functional>
#include <memory>

namespace pare {

namespace {

struct SweepOptions
{
    MeasureOptions measure;
    RecipeOptions base;
    std::vector<std::string> techniques;
    bool perLayer = false;
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

bool hasOutputErrors(const Run &run)
{
    return std::ranges::any_of(
        run.layers, [](const LayerRecord &layer) { return layer.outputError.has_value(); });
}

/// The runs of the recipes, in their order: those of the project, and the others measured.
std::vector<Run> measuredRuns(const std::vector<Recipe> &recipes, Experiment &experiment,
                              const ProjectRuns &project, const ExperimentOutputs &outputs,
                              TerminalProgress &progress)
{
    std::vector<Run> runs;
    for (const Recipe &recipe : recipes) {
        if (const std::optional<Run> stored = project.find(experiment.idOf(recipe))) {
            runs.push_back(*stored);
            continue;
        }
        runs.push_back(experiment.run(recipe, progress, outputs));
        progress.clear();
        fmt::print(stderr, "{} of {}: {}\n", runs.size(), recipes.size(), shortName(recipe));
    }
    return runs;
}

/// Says which runs were measured before there was calibration data.
void noteMissingOutputs(const std::vector<Run> &runs, const MeasureOptions &options)
{
    const auto missing = std::ranges::count_if(runs, std::not_fn(hasOutputErrors));
    if (!options.weights.calibration.empty() && missing > 0)
        printNote(message(messages::sweepWithoutOutputs, options.project, missing));
}

/// Each recipe of a sweep per layer ends with the one step that is tried.
std::vector<Response> responsesOf(const std::vector<Recipe> &recipes, std::vector<Run> runs)
{
    std::vector<Response> responses;
    for (std::size_t i = 0; i < recipes.size(); ++i) {
        const Step &option = recipes[i].steps.back();
        responses.push_back({option.layers, option, std::move(runs[i])});
    }
    return responses;
}

void sweep(const SweepOptions &options)
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
    ExperimentOutputs outputs;
    if (!options.measure.project.empty())
        outputs.trained = trainedWeightsFolder(options.measure.project);
    outputs.measured = project.keeper();
    std::vector<Run> runs = measuredRuns(recipes, experiment, project, outputs, progress);
    if (base.training && !options.measure.project.empty())
        limitTrainedWeights(options.measure.project,
                            static_cast<std::int64_t>(options.measure.weightsLimit));
    noteMissingOutputs(runs, options.measure);
    if (options.perLayer) {
        const std::vector<Response> responses = responsesOf(recipes, std::move(runs));
        if (options.measure.json)
            printResponsesJson(responses);
        else
            printResponses(responses);
    } else if (options.measure.json) {
        printRunsJson(runs);
    } else {
        printRuns(std::move(runs));
    }
}

} // namespace

void addSweep(CLI::App &app)
{
    CLI::App *command = app.add_subcommand("sweep", "Try many settings and compare them");
    const auto options = std::make_shared<SweepOptions>();
    options->measure.addTo(*command);
    options->base.addTo(*command);
    command
        ->add_option("--technique", options->techniques,
                     "Settings to try, as in 'quantize.affine bits=8|4|2' or 'rank=32..256:32'")
        ->required()
        ->type_name("STEP")
        ->expected(1)
        ->take_all();
    command->add_flag("--per-layer", options->perLayer, "Try each on every single layer");
    command->callback([options] { sweep(*options); });
}

} // namespace pare

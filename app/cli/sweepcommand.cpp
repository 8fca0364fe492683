#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"
#include "app/cli/projectruns.h"
#include "app/cli/responses.h"
#include "app/cli/sweepparts.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/cli/usage.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/sweep.h"
#include "core/network/computing.h"
#include "core/project/trainedweights.h"
#include "core/search/interactions.h"
#include "core/search/layersweep.h"
#include "core/search/leaveoneout.h"
#include "core/search/whatif.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>

namespace pare {

namespace {

struct SweepCommand
{
    MeasureOptions measure;
    RecipeOptions base;
    std::vector<std::string> techniques;
    bool perLayer = false;
    SweepOptions sweep;
    std::size_t pairs = 0;
    bool leavesOut = false;
};

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
                              const ProjectRuns &project, ExperimentOutputs outputs,
                              TerminalProgress &progress)
{
    std::vector<Run> runs;
    std::vector<Run> known = project.all(); // grows as runs are measured
    for (const Recipe &recipe : recipes) {
        if (const std::optional<Run> stored = project.find(experiment.idOf(recipe))) {
            runs.push_back(*stored);
            continue;
        }
        if (project.isKept())
            outputs.prediction = predictedBeforehand(experiment, known, recipe);
        runs.push_back(experiment.run(recipe, progress, outputs));
        known.push_back(runs.back());
        progress.clear();
        tell(fmt::format("{} of {}: {}\n", runs.size(), recipes.size(), shortName(recipe)));
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

/// Fills the response table of these recipes, and prints it.
void sweepLayers(const SweepCommand &options, const Recipe &base,
                 const std::vector<Recipe> &recipes, Experiment &experiment,
                 const ProjectRuns &project, TerminalProgress &progress)
{
    LayerSweep sweep(experiment, base, recipes, options.sweep, progress);
    progress.clear();
    printForecast(sweep.forecast());
    try {
        sweep.run(progress);
    } catch (const Cancelled &) {
        progress.clear();
        if (!options.measure.json)
            printResponses(sweep.table());
        throw;
    }
    ResponseTable table = sweep.table();
    if (base.empty())
        addKnownJoints(experiment, table, options.sweep);
    if (options.leavesOut)
        table.leftOut = leftOutResponses(experiment, table, options.sweep, progress);
    if (options.pairs > 0) {
        std::vector<std::size_t> all(table.responses.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        askJointly(experiment, table, doubtfulPairs(table, all, options.pairs), options.sweep,
                   progress);
    }
    progress.clear();
    if (!options.measure.json) {
        printResponses(table);
        return;
    }
    std::vector<Run> runs;
    for (const Response &response : table.responses) {
        if (std::optional<Run> run = project.find(response.id))
            runs.push_back(std::move(*run));
    }
    printResponsesJson(table, runs);
}

void sweep(const SweepCommand &options)
{
    const Recipe base = options.base.recipe();
    if (options.perLayer && base.training)
        throw WrongUsage(messages::sweepTraining);
    if ((options.pairs > 0 || options.leavesOut) && !base.empty())
        throw WrongUsage(messages::sweepPairsBase);
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
    outputs.measured = project.keeper();
    std::vector<Run> runs = measuredRuns(recipes, experiment, project, outputs, progress);
    if (base.training && !options.measure.project.empty())
        limitTrainedWeights(options.measure.project,
                            static_cast<std::int64_t>(options.measure.weightsLimit));
    noteMissingOutputs(runs, options.measure);
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
        ->take_all()
        ->allow_extra_args(false)
        ->check(parsedBy([](const std::string &text) { sweepRecipes({}, {text}); }));
    CLI::Option *perLayer =
        command->add_flag("--per-layer", options->perLayer, "Try each on every single layer");
    for (CLI::Option *option : addSweepOptions(*command, options->sweep))
        option->needs(perLayer);
    command
        ->add_flag("--leave-one-out", options->leavesOut,
                   "Ask each option everywhere but on one layer, too")
        ->needs(perLayer);
    command
        ->add_option("--pairs", options->pairs,
                     "Ask so many pairs of options together, those first that may not add up")
        ->check(wholeNumber(1, 10'000))
        ->needs(perLayer);
    command->callback([options] { sweep(*options); });
}

} // namespace pare

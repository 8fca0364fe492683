#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"
#include "app/cli/projectruns.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/plan.h"
#include "core/experiment/sweep.h"
#include "core/network/computing.h"

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

/// Recipes that this model refuses are told before the first is measured; one at least must be
/// left.
void leaveOutImpossible(std::vector<Recipe> &recipes, const ModelDescription &model)
{
    std::optional<Error> last;
    std::erase_if(recipes, [&](const Recipe &recipe) {
        try {
            plan(recipe, model);
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
    for (const Message &warning : experiment.checkpoint().warnings)
        printWarning(warning);
    if (options.perLayer)
        recipes =
            sweepRecipesPerLayer(base, options.techniques, experiment.checkpoint().description);
    leaveOutImpossible(recipes, experiment.checkpoint().description);
    options.measure.weights.checkCalibration(recipes.front());
    std::vector<Run> runs;
    for (const Recipe &recipe : recipes) {
        if (const std::optional<Run> stored = project.find(experiment.idOf(recipe))) {
            runs.push_back(*stored);
            continue;
        }
        runs.push_back(experiment.run(recipe, progress));
        project.append(runs.back());
        progress.clear();
        fmt::print(stderr, "{} of {}: {}\n", runs.size(), recipes.size(), shortName(recipe));
    }
    if (options.measure.json)
        printRunsJson(runs);
    else
        printRuns(std::move(runs));
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

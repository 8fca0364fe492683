#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/cli/projectruns.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/sweep.h"

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

void sweep(const SweepOptions &options)
{
    const Recipe base = options.base.recipe();
    std::vector<Recipe> recipes = sweepRecipes(base, options.techniques); // refuses bad ones before the model is opened
    startComputing(options.measure.experiment.threads);
    TerminalProgress progress;
    ProjectRuns project(options.measure.project);
    Experiment experiment(options.measure.experiment, progress);
    project.choose(options.measure.experiment);
    for (const Message &warning : experiment.checkpoint().warnings)
        printWarning(warning);
    if (options.perLayer)
        recipes = sweepRecipesPerLayer(base, options.techniques, experiment.checkpoint().description);
    for (const Recipe &recipe : recipes)
        options.measure.checkCalibration(recipe);
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
    command->add_option("--technique", options->techniques, "Settings to try, as in 'quantize.affine bits=8|4|2' or 'rank=32..256:32'")
        ->required()
        ->type_name("STEP")
        ->expected(1)
        ->take_all();
    command->add_flag("--per-layer", options->perLayer, "Try each on every single layer");
    command->callback([options] { sweep(*options); });
}

} // namespace pare

#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"
#include "app/cli/projectruns.h"
#include "app/cli/searchoutput.h"
#include "app/cli/sweepparts.h"
#include "app/cli/terminal.h"
#include "app/cli/usage.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/sweep.h"
#include "core/model/selection.h"
#include "core/network/computing.h"
#include "core/search/interactions.h"
#include "core/search/leastbytes.h"
#include "core/search/measuredbudget.h"

#include <algorithm>
#include <memory>
#include <set>

namespace pare {

namespace {

struct SearchCommand
{
    MeasureOptions measure;
    std::vector<std::string> techniques;
    std::string target;
    std::string lock;
    int front = 0;
    std::string measured; ///< how many points of the front, or which: "5", "3,7,12"
    MeasuredBudgetOptions budget;
};

std::vector<std::string> lockedLayers(const std::string &selection, const ModelDescription &model)
{
    std::vector<std::string> layers;
    if (selection.empty())
        return layers;
    const Selection chosen = Selection::parsed(selection);
    for (const Layer &layer : model.layers) {
        if (chosen.matches(layer))
            layers.push_back(layer.name);
    }
    if (layers.empty())
        throw Error(ErrorKind::InvalidSetting, messages::searchLocksNothing, selection);
    return layers;
}

/// One layer at a time is chosen for; what takes blocks apart or joins them is no choice for one.
void refuseWhatIsNotForLayers(const std::vector<Recipe> &recipes)
{
    for (const Recipe &recipe : recipes) {
        const LayerPart part = techniqueInfo(recipe.steps.back().technique).part;
        if (part == LayerPart::Structure || part == LayerPart::Owner)
            throw WrongUsage(messages::searchNotForLayers, recipe.steps.back().technique);
    }
}

/// Numbers of points from 0, each once: `text` is how many, evenly spread, or a list of numbers from 1.
std::set<std::size_t> chosenPoints(const std::string &text, std::size_t points)
{
    std::set<std::size_t> chosen;
    if (text.empty())
        return chosen;
    const auto refuse = [&] { return WrongUsage(messages::searchMeasure, text, points); };
    if (text.find(',') == std::string::npos) {
        const std::optional<std::int64_t> count = parseInteger(text);
        if (!count || *count < 1 || *count > static_cast<std::int64_t>(points))
            throw refuse();
        for (std::int64_t i = 0; i < *count; ++i)
            chosen.insert(*count == 1 ? points / 2
                                      : static_cast<std::size_t>(i) * (points - 1) /
                                            static_cast<std::size_t>(*count - 1));
        return chosen;
    }
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        if (end == begin && end == text.size())
            break; // "3," is the third alone
        const auto number = parseInteger(std::string_view(text).substr(begin, end - begin));
        if (!number || *number < 1 || *number > static_cast<std::int64_t>(points))
            throw refuse();
        chosen.insert(static_cast<std::size_t>(*number - 1));
        begin = end + 1;
    }
    return chosen;
}

std::vector<BudgetPoint> measuredFront(const SearchCommand &command, Experiment &experiment,
                                       const ResponseTable &table, ProjectRuns &project,
                                       const std::vector<std::string> &locked,
                                       TerminalProgress &progress)
{
    const ModelDescription &model = experiment.checkpoint().description;
    const Predictor predictor(table, measuredRecipes(table, model, project.all()));
    const BudgetSearch search(table, predictor, locked);
    std::vector<BudgetPoint> points;
    for (BudgetChoice &choice : search.front(command.front, progress))
        points.push_back({recipeOf(table, choice.responses), std::move(choice), std::nullopt});
    for (const std::size_t number : chosenPoints(command.measured, points.size())) {
        BudgetPoint &point = points[number];
        point.measured = project.find(experiment.idOf(point.recipe));
        if (!point.measured)
            point.measured = experiment.run(
                point.recipe, progress,
                {{},
                 {},
                 {},
                 project.keeper(),
                 RunPrediction{point.choice.prediction.accuracy, point.choice.milliseconds}});
    }
    return points;
}

void search(const SearchCommand &command)
{
    const std::optional<BudgetTarget> target =
        command.target.empty() ? std::nullopt : std::optional(parsedTarget(command.target));
    if (!target && command.front == 0)
        throw WrongUsage(messages::searchEither);
    chosenPoints(command.measured, static_cast<std::size_t>(command.front));
    const std::vector<std::string> techniques =
        command.techniques.empty() ? usualLayerOptions() : command.techniques;
    refuseWhatIsNotForLayers(sweepRecipes({}, techniques));
    startComputing(command.measure.weights.threads);
    TerminalProgress progress;
    ProjectRuns project(command.measure.project);
    Experiment experiment(command.measure.experiment(), progress);
    project.choose(command.measure.experiment());
    progress.clear();
    for (const Message &warning : experiment.checkpoint().warnings)
        printWarning(warning);
    const ModelDescription &model = experiment.checkpoint().description;
    const std::vector<std::string> locked = lockedLayers(command.lock, model);
    std::vector<Recipe> recipes = sweepRecipesPerLayer({}, techniques, model);
    leaveOutImpossible(recipes, experiment);
    if (target)
        refuseUnreachable(*target, recipes, locked, model);
    LayerSweep sweep(experiment, {}, recipes, command.budget.sweep, progress);
    progress.clear();
    printForecast(sweep.forecast());
    sweep.run(progress);
    ResponseTable table = sweep.table();
    addKnownJoints(experiment, table, command.budget.sweep);
    if (!target) {
        const std::vector<BudgetPoint> points =
            measuredFront(command, experiment, table, project, locked, progress);
        progress.clear();
        return command.measure.json ? printFrontJson(points) : printFront(points, table);
    }
    MeasuredBudgetOptions options = command.budget;
    options.target = *target;
    options.locked = locked;
    options.outputs.measured = project.keeper();
    const MeasuredBudget answer =
        measuredBudget(experiment, table, project.all(), options, progress);
    progress.clear();
    if (command.measure.json)
        printBudgetJson(answer, {*target, command.target});
    else
        printBudget(answer, {*target, command.target}, table);
}

} // namespace

void addSearch(CLI::App &app)
{
    CLI::App *command =
        app.add_subcommand("search", "Find the best recipe for a budget, and measure it");
    const auto options = std::make_shared<SearchCommand>();
    options->budget.sweep.tolerance =
        0; // options are compared on as many rows as all of them were asked
    options->measure.addTo(*command);
    CLI::Option *target = command
                              ->add_option("--target", options->target,
                                           "'bytes<=2MB', 'accuracy>=90%' or 'latency<=1.2ms'")
                              ->type_name("TARGET")
                              ->check(parsedBy(&parsedTarget));
    command
        ->add_option("--technique,--techniques", options->techniques,
                     "Settings to choose among, as in 'quantize.affine bits=8|4|2' (default: bits "
                     "and ranks)")
        ->type_name("STEP")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->check(parsedBy([](const std::string &text) { sweepRecipes({}, {text}); }));
    command->add_option("--lock", options->lock, "Layers that stay as they are")
        ->type_name("SELECTION")
        ->check(parsedBy(&Selection::parsed));
    CLI::Option *front = command
                             ->add_option("--front", options->front,
                                          "In place of a target, so many budgets of bytes")
                             ->check(wholeNumber(2, 1000))
                             ->excludes(target);
    command
        ->add_option("--measure", options->measured,
                     "Measure so many recipes of the front, evenly spread, or those with these "
                     "numbers ('3,7,12'; '3,' is one)")
        ->type_name("N|N,…")
        ->needs(front);
    command
        ->add_option(
            "--attempts", options->budget.attempts,
            "Choices that are measured at most, where one comes out otherwise than predicted")
        ->capture_default_str()
        ->check(wholeNumber(1, 20))
        ->needs(target);
    addSweepOptions(*command, options->budget.sweep);
    command->callback([options] { search(*options); });
}

} // namespace pare

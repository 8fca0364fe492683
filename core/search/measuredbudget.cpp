#include "core/search/measuredbudget.h"

#include "core/checkpoint/checkpoint.h"
#include "core/compression/plan.h"
#include "core/experiment/planneddescription.h"
#include "core/search/interactions.h"

#include <algorithm>

namespace pare {

namespace {

constexpr int mostCorrections = 8;

std::optional<std::int64_t> fileBytes(const Checkpoint &checkpoint, const ResponseTable &table,
                                      std::span<const std::size_t> responses)
{
    return plannedFileBytes(checkpoint, plan(recipeOf(table, responses), checkpoint.description));
}

/// The best choice whose file is known to keep to the budget: names and shapes at its beginning take a little
/// less or more than the sum of what single layers save says.
BudgetChoice fittingChoice(const BudgetSearch &search, const Checkpoint &checkpoint,
                           const ResponseTable &table, BudgetTarget target, Progress &progress)
{
    if (target.kind != BudgetKind::Bytes)
        return search.best(target, progress);
    const double limit = target.limit;
    const BudgetChoice smallest = search.smallest();
    if (const auto bytes = fileBytes(checkpoint, table, smallest.responses);
        bytes && static_cast<double>(*bytes) <= limit)
        target.limit += static_cast<double>(smallest.bytes - *bytes);
    BudgetChoice choice = search.best(target, progress);
    for (int i = 0; i < mostCorrections; ++i) {
        const auto bytes = fileBytes(checkpoint, table, choice.responses);
        if (!bytes || static_cast<double>(*bytes) <= limit)
            break;
        target.limit -= static_cast<double>(*bytes) - limit;
        choice = search.best(target, progress);
    }
    return choice;
}

bool lies(double value, const Predicted &band)
{
    return band.low <= value && value <= band.high;
}

} // namespace

MeasuredBudget measuredBudget(Experiment &experiment, ResponseTable &table, std::vector<Run> runs,
                              const MeasuredBudgetOptions &options, Progress &progress)
{
    const Checkpoint &checkpoint = experiment.checkpoint();
    MeasuredBudget answer;
    for (answer.attempts = 1;; ++answer.attempts) {
        const Predictor predictor(table, measuredRecipes(table, checkpoint.description, runs));
        const BudgetSearch search(table, predictor, options.locked);
        answer.choice = fittingChoice(search, checkpoint, table, options.target, progress);
        const Recipe recipe = recipeOf(table, answer.choice.responses);
        if (answer.attempts > 1 && recipe == answer.recipe) {
            --answer.attempts; // nothing better is known
            return answer;
        }
        answer.recipe = recipe;
        const auto known = std::ranges::find(runs, experiment.idOf(recipe), &Run::id);
        ExperimentOutputs outputs = options.outputs;
        outputs.prediction = {answer.choice.prediction.accuracy, answer.choice.milliseconds};
        answer.measured = known != runs.end() ? *known : experiment.run(recipe, progress, outputs);
        const double accuracy =
            answer.measured.measured.metrics.at(answer.measured.primaryMetric).value;
        answer.agrees = lies(accuracy, answer.choice.prediction.accuracy);
        if (answer.agrees || answer.attempts >= options.attempts)
            return answer;
        if (known == runs.end())
            runs.push_back(answer.measured);
        askJointly(experiment, table, doubtfulPairs(table, answer.choice.responses, options.pairs),
                   options.sweep, progress);
    }
}

} // namespace pare

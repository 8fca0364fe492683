#include "app/cli/sweepparts.h"

#include "app/cli/checks.h"
#include "app/cli/messages.h"
#include "app/cli/terminal.h"
#include "core/base/error.h"
#include "core/base/numbers.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace pare {

std::vector<CLI::Option *> addSweepOptions(CLI::App &command, SweepOptions &options)
{
    return {
        command
            .add_option("--rows", options.rows,
                        "Examples that each layer is asked at most, those near a decision first")
            ->capture_default_str()
            ->check(wholeNumber(1, 1'000'000'000)),
        command
            .add_option("--tolerance", options.tolerance,
                        "Ask no more once an accuracy is known within this share")
            ->capture_default_str()
            ->check(between(0, 1))};
}

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

void printForecast(const SweepForecast &forecast)
{
    if (forecast.seconds <= 0)
        return; // everything was asked before
    printNote(message(messages::sweepForecast, formatDuration(std::max(1.0, forecast.seconds)),
                      formatBytes(forecast.bytes),
                      formatDuration(std::max(1.0, forecast.coarseSeconds)), forecast.learntFrom));
}

} // namespace pare

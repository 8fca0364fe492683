#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/tables.h"
#include "core/project/project.h"
#include "core/project/trainedweights.h"

#include <fmt/format.h>
#include <memory>

namespace pare {

void addRuns(CLI::App &app)
{
    struct Options
    {
        std::string project;
        bool json = false;
    };
    CLI::App *command = app.add_subcommand("runs", "List the runs of a project");
    const auto options = std::make_shared<Options>();
    command->add_option("PROJECT", options->project, "Project file (.pare)")->required();
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] {
        const Project project = Project::open(options->project, Access::ReadOnly);
        if (options->json) {
            printRunsJson(project.runs());
            return;
        }
        printRuns(project.runs());
        if (const TrainedWeights kept = trainedWeights(options->project); kept.models > 0)
            fmt::print("\n{}\n",
                       message(messages::runsTrained, kept.models, fmt::format("{:.2f}", static_cast<double>(kept.bytes) / 1e6),
                               trainedWeightsFolder(options->project))
                           .text());
    });
}

} // namespace pare

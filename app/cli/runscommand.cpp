#include "app/cli/commands.h"
#include "app/cli/frontchances.h"
#include "app/cli/messages.h"
#include "app/cli/predictions.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/base/error.h"
#include "core/project/project.h"
#include "core/project/trainedweights.h"

#include <fmt/format.h>
#include <memory>

namespace pare {

namespace {

/// Of all that were measured as the last one was.
void printPredictions(std::vector<Run> runs, bool asJson)
{
    if (runs.empty())
        throw Error(ErrorKind::InvalidSetting, messages::predictionsNoRuns);
    const Run last = runs.back();
    std::erase_if(runs, [&](const Run &run) {
        return run.modelHash != last.modelHash || run.dataHash != last.dataHash ||
               run.seed != last.seed || run.threads != last.threads;
    });
    ExperimentOptions options = optionsOf(last);
    options.train.clear(); // nothing is trained here
    for (const Run &run : runs) {
        if (run.calibrationPath.empty())
            continue;
        options.calibration = run.calibrationPath;
        options.calibrationExamples = run.calibrationExamples;
    }
    TerminalProgress progress;
    const Experiment experiment(options, progress);
    progress.clear();
    WhatIf whatIf(experiment, runs);
    if (asJson)
        printHindsightJson(whatIf, runs);
    else
        printHindsight(whatIf, runs);
}

} // namespace

void addRuns(CLI::App &app)
{
    struct Options
    {
        std::string project;
        bool json = false;
        bool predictions = false;
        bool all = false;
    };
    CLI::App *command = app.add_subcommand("runs", "List the runs of a project");
    const auto options = std::make_shared<Options>();
    command->add_option("PROJECT", options->project, "Project file (.pare)")->required();
    command->add_flag("--json", options->json, "Print one JSON document");
    command->add_flag("--predictions", options->predictions,
                      "Beside what the other runs would have had them predicted as");
    command->add_flag("--all", options->all, "Deleted ones too");
    command->callback([options] {
        const Project project = Project::open(options->project, Access::ReadOnly);
        const RunNotes notes = project.runNotes();
        std::vector<Run> runs = project.runs();
        if (!options->all)
            std::erase_if(runs, [&](const Run &run) { return noteOf(notes, run.id).deleted; });
        if (options->predictions)
            return printPredictions(std::move(runs), options->json);
        if (options->json) {
            printRunsJson(runs, notes, frontChances(project, runs));
            return;
        }
        printRuns(std::move(runs), notes);
        if (const TrainedWeights kept = trainedWeights(options->project); kept.models > 0)
            fmt::print("\n{}\n",
                       message(messages::runsTrained, kept.models,
                               fmt::format("{:.2f}", static_cast<double>(kept.bytes) / 1e6),
                               trainedWeightsFolder(options->project))
                           .text());
    });
}

} // namespace pare

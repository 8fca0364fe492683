#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/namedruns.h"
#include "app/cli/options.h"
#include "app/cli/terminal.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/network/computing.h"
#include "core/project/trainedweights.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace pare {

namespace {

struct ExportOptions
{
    std::string source;
    RecipeOptions recipe;
    std::string output;
    WeightOptions weights;
};

void runExport(const ExportOptions &options)
{
    startComputing(options.weights.threads);
    TerminalProgress progress;
    if (const std::optional<RunName> name = parsedRunName(options.source)) {
        const Run run = namedRun(*name);
        if (!options.recipe.empty())
            throw Error(ErrorKind::InvalidSetting, messages::exportRecipeOfRun);
        exportRun(run, options.output, progress, trainedWeightsFolder(name->project));
    } else {
        const Recipe recipe = options.recipe.recipe();
        options.weights.checkCalibration(recipe);
        options.weights.checkDev(recipe);
        ExperimentOptions what;
        what.model = options.source;
        what.seed = options.weights.seed;
        what.calibration = options.weights.calibration;
        what.calibrationExamples = options.weights.calibrationExamples;
        what.dev = options.weights.dev;
        what.train = options.weights.train;
        what.threads = options.weights.threads;
        const ExportRemarks remarks = exportModel(what, recipe, options.output, progress);
        progress.clear();
        for (const Message &warning : remarks.warnings)
            printWarning(warning);
        for (const Message &note : remarks.notes)
            printNote(note);
    }
    progress.clear();
    const std::filesystem::path file = std::filesystem::path(options.output) / "model.safetensors";
    fmt::print("{}: {} bytes\n", file.string(), std::filesystem::file_size(file));
}

} // namespace

void addExport(CLI::App &app)
{
    CLI::App *command = app.add_subcommand(
        "export", "Write the compressed model as a folder that opens like any other");
    const auto options = std::make_shared<ExportOptions>();
    command->add_option("MODEL", options->source, "Model folder, or PROJECT.pare#RUN")->required();
    options->recipe.addTo(*command);
    command->add_option("--output", options->output, "Folder to write")
        ->required()
        ->type_name("DIR");
    options->weights.addTo(*command);
    command->callback([options] { runExport(*options); });
}

} // namespace pare

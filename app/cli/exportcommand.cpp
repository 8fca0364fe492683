#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/namedruns.h"
#include "app/cli/options.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/cli/usage.h"
#include "core/base/error.h"
#include "core/experiment/exporting.h"
#include "core/network/computing.h"
#include "core/project/project.h"
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
    std::string format = "packed";
    std::string dtype = "float32";
    ExportTarget target;
    WeightOptions weights;

    ExportTarget checkedTarget() const
    {
        ExportTarget checked = target;
        checked.format = exportFormatNamed(format);
        checked.dtype = dtype == "float16" ? DType::Float16 : DType::Float32;
        if (checked.format == ExportFormat::Packed && checked.dtype != DType::Float32)
            throw WrongUsage(messages::exportDtypeOfPacked);
        return checked;
    }
};

std::vector<std::string> formatNames()
{
    std::vector<std::string> names;
    for (const ExportFormat format :
         {ExportFormat::Packed, ExportFormat::Dense, ExportFormat::TorchScript, ExportFormat::Gguf})
        names.emplace_back(nameOf(format));
    return names;
}

void printParity(const Parity &parity)
{
    fmt::print("{} layers are as they were written\n{}\n", parity.tensors, inWords(parity).text());
    if (parity.accuracy)
        fmt::print("accuracy on these {} examples: {}\n", parity.accuracy->n,
                   bandText(*parity.accuracy));
}

/// The file is there whether or not the project can be told of it.
void keep(const KeptExport &kept, const std::string &project)
{
    try {
        Project::open(project, Access::ReadWrite).appendExport(kept);
    } catch (const Error &error) {
        printWarning(message(messages::exportNotKept, error.what()));
    }
}

Exported exported(const ExportOptions &options, TerminalProgress &progress)
{
    ExportTarget target = options.checkedTarget();
    if (const std::optional<RunName> name = parsedRunName(options.source)) {
        if (!options.recipe.empty())
            throw WrongUsage(messages::exportRecipeOfRun);
        const Run run = namedRun(*name);
        target.checked = [&](const ExportRecord &record) {
            progress.clear();
            keep(keptExport(record, target.folder, run.id), name->project);
        };
        return exportRun(run, target, progress, trainedWeightsFolder(name->project));
    }
    if (options.source.ends_with(".pare"))
        throw WrongUsage(messages::exportWhichRun, options.source);
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
    return exportModel(what, recipe, target, progress);
}

void runExport(const ExportOptions &options)
{
    startComputing(options.weights.threads);
    TerminalProgress progress;
    const Exported result = exported(options, progress);
    progress.clear();
    for (const Message &warning : result.warnings)
        printWarning(warning);
    for (const Message &note : result.notes)
        printNote(note);
    const ExportRecord &record = result.record;
    fmt::print("{}: {} bytes\n", (options.target.folder / weightFileOf(record.format)).string(),
               record.bytes);
    if (record.parity)
        printParity(*record.parity);
}

} // namespace

void addExport(CLI::App &app)
{
    CLI::App *command = app.add_subcommand(
        "export", "Write the compressed model as a folder that opens like any other");
    const auto options = std::make_shared<ExportOptions>();
    command->add_option("MODEL", options->source, "Model folder, or PROJECT.pare#RUN")->required();
    options->recipe.addTo(*command);
    command->add_option("--output", options->target.folder, "Folder to write")
        ->required()
        ->type_name("DIR");
    command
        ->add_option("--format", options->format,
                     "packed: as it was measured, for Pare; dense: for transformers; torchscript: "
                     "for PyTorch; gguf")
        ->check(oneOf(formatNames()))
        ->capture_default_str();
    command->add_option("--dtype", options->dtype, "Of the numbers that a format holds unpacked")
        ->check(oneOf({"float32", "float16"}))
        ->capture_default_str();
    command
        ->add_option("--verify", options->target.verify,
                     "Compare the answers to these data before and after writing, and say how many "
                     "are right; without: answers to random tokens")
        ->type_name("DATA");
    options->weights.addTo(*command);
    command->callback([options] { runExport(*options); });
}

} // namespace pare

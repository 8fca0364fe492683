#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"
#include "app/cli/projectruns.h"
#include "app/cli/schedulelines.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/cli/usage.h"
#include "core/experiment/distill.h"
#include "core/model/training.h"
#include "core/project/trainedweights.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include <fmt/format.h>

namespace pare {

namespace {

struct DistillOptions
{
    DistillRequest request;
    RecipeOptions recipe;
    std::string method;
    std::string precision = "auto";
    std::string project;
    std::string test;
    std::uint64_t weightsLimit = 4'000'000'000;
    bool json = false;
};

void printSummary(const DistillReport &report)
{
    fmt::print("{}: {} parameters, {} bytes (teacher: {} parameters, {} bytes)\n",
               report.request.output.string(), report.parameters, report.bytes,
               report.teacherParameters, report.teacherBytes);
    if (!report.layerMap.empty())
        fmt::print("layers, student:teacher  {}\n", report.layerMap);
    for (const DistillStage &stage : report.stages) {
        const TrainingReport &training = stage.report;
        const double loss = training.points.empty() ? 0 : training.points.back().loss;
        fmt::print("{}: {} steps, {:.0f} s, {:.0f} tokens per second, loss {:.4f}\n", stage.name,
                   training.steps, training.seconds, training.tokensPerSecond(), loss);
        for (const TrainingEvaluation &evaluation : training.evaluations)
            fmt::print("  epoch {:5.2f}  loss {:.4f}  dev {:.2f} % of {}{}\n", evaluation.epoch,
                       evaluation.loss, 100 * evaluation.accuracy, evaluation.n,
                       evaluation.best ? "  best so far" : "");
    }
    if (report.run) {
        fmt::print("\n");
        printRun(*report.run);
    }
}

void keepRun(ProjectRuns &project, const DistillOptions &options, const DistillReport &report)
{
    if (options.project.empty())
        return;
    ExperimentOptions chosen;
    chosen.model = report.run->modelPath;
    chosen.data = report.run->dataPath;
    chosen.seed = report.run->seed;
    chosen.threads = report.run->threads;
    project.choose(chosen);
    project.append(*report.run, report.answers);
    limitTrainedWeights(options.project, static_cast<std::int64_t>(options.weightsLimit));
}

void noteUnused(const DistillRequest &request)
{
    const std::string &method = request.method.technique;
    if (!request.layerMap.empty() && !isOneOf("pkd|tinybert|mobilebert", method))
        printNote(message(messages::layerMapUnused, method, request.layerMap));
    if (!request.corpus.empty() && isOneOf("kd|pkd|theseus", method))
        printNote(message(messages::corpusUnused, method, request.corpus));
    if (request.options.patience > 0 && request.dev.empty())
        printNote(message(messages::patienceUnused));
}

void runDistillation(DistillOptions &options)
{
    DistillRequest &request = options.request;
    request.method = parsedMethod(options.method);
    request.recipe = options.recipe.recipe();
    request.options.precision = parsedPrecision(options.precision);
    if (request.recipe.training)
        throw WrongUsage(messages::distillRecovers);
    request.warn = &printWarning;
    request.measuredOn = options.test;
    if (!options.project.empty()) {
        request.trained = trainedWeightsFolder(options.project);
        if (options.test.empty())
            request.measuredOn = request.dev;
    }
    noteUnused(request);
    for (const std::string &line : scheduleLines(request.method))
        printNote(line);
    TerminalProgress progress;
    ProjectRuns project(options.project);
    const DistillReport report = distill(request, progress);
    keepRun(project, options, report);
    progress.clear();
    for (const Message &note : report.notes)
        printNote(note);
    for (const std::string &note : report.run ? report.run->notes : std::vector<std::string>())
        printNote(note);
    if (options.json)
        fmt::print("{}\n", toJson(report).dump(2));
    else
        printSummary(report);
}

std::string methodHelp()
{
    std::string names;
    for (const TechniqueInfo &info : distillationTable())
        names += (names.empty() ? "" : ", ") + std::string(info.id);
    return message(messages::distillMethodHelp, names).text();
}

} // namespace

void addDistill(CLI::App &app)
{
    CLI::App *command = app.add_subcommand("distill", "Let a smaller student learn from a teacher");
    const auto options = std::make_shared<DistillOptions>();
    DistillRequest &request = options->request;
    command->add_option("--teacher", request.teacher, "Model folder that teaches")
        ->required()
        ->type_name("MODEL");
    command
        ->add_option("--student", request.student,
                     "Model folder, or config.json of a new model, that learns (default: the "
                     "teacher after the steps)")
        ->type_name("MODEL|C.json");
    options->recipe.addStepsTo(*command);
    command->add_option("--method", options->method, methodHelp())
        ->required()
        ->type_name("'M key=value …'")
        ->check(parsedBy(&parsedMethod));
    command->add_option("--data", request.data, "Labelled examples of the task")
        ->type_name("TRAIN.tsv");
    command->add_option("--corpus", request.corpus, "Running text (default: the texts of --data)")
        ->type_name("TEXT");
    command
        ->add_option("--dev", request.dev,
                     "Measured after each epoch of the task; the best model is kept")
        ->type_name("DEV.tsv");
    command
        ->add_option("--test", options->test,
                     "Teacher and student are measured on it in the end (with --project: --dev "
                     "where it is not given)")
        ->type_name("TEST.tsv");
    command
        ->add_option("--project", options->project,
                     "Project file that keeps the student as a run beside its teacher")
        ->type_name("P.pare");
    command
        ->add_option("--weights-limit", options->weightsLimit,
                     "Bytes that trained weights beside the project may take, the oldest go first "
                     "(default: 4GB)")
        ->transform(byteSize())
        ->type_name("SIZE");
    command
        ->add_option("--calibration", request.calibration,
                     "Examples for steps that look at activations")
        ->type_name("TRAIN.tsv");
    command->add_option("--output", request.output, "Folder to write")
        ->required()
        ->type_name("DIR");
    command->add_option("--epochs", request.options.epochs, "Passes over the task's data")
        ->check(aboveZero());
    command
        ->add_option("--learning-rate", request.options.learningRate,
                     "Highest one on the task, after warm-up")
        ->check(aboveZero());
    command->add_option("--batch-tokens", request.options.batchTokens, "Tokens of one step")
        ->check(wholeNumber(1, 1 << 20));
    command
        ->add_option("--layer-map", request.layerMap,
                     "Which of the teacher's layers teaches which: uniform, top, bottom, skip, "
                     "last, or pairs student:teacher")
        ->type_name("0:1,1:3,…");
    command
        ->add_option("--patience", request.options.patience,
                     "Stop a stage after so many epochs without a better one on --dev (default: "
                     "never)")
        ->check(wholeNumber(0, 100'000));
    command->add_option("--seed", request.options.seed, "Seed of every random choice (default: 0)")
        ->check(wholeNumber());
    command
        ->add_option("--threads", request.options.threads,
                     "Threads that compute (default: all cores)")
        ->check(wholeNumber(1, 1024));
    command
        ->add_option("--precision", options->precision,
                     "What linear layers multiply in (default: the faster one here)")
        ->check(oneOf({"auto", "float32", "bfloat16"}));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { runDistillation(*options); });
}

} // namespace pare

#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/terminal.h"
#include "app/cli/usage.h"
#include "core/model/technique.h"
#include "core/training/train.h"
#include "core/training/trainingreport.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include <fmt/format.h>

namespace pare {

namespace {

struct TrainOptions
{
    TrainRequest request;
    std::string objective = "task";
    std::string masking = "token";
    std::string precision = "auto";
    bool resume = false;
    bool json = false;
};

void printSummary(const TrainRequest &request, const TrainingReport &report)
{
    fmt::print("{}: {} parameters, {} steps, {:.0f} s, {:.0f} tokens per second\n",
               request.output.string(), report.parameters, report.steps, report.seconds,
               report.tokensPerSecond());
    for (const TrainingEvaluation &evaluation : report.evaluations) {
        std::string scores;
        for (const auto &[name, score] : evaluation.scores)
            scores += fmt::format("  {} {:.2f} %", name, 100 * score);
        fmt::print("  epoch {:5.2f}  loss {:.4f}  dev {:.2f} % of {}{}{}\n", evaluation.epoch,
                   evaluation.loss, 100 * evaluation.accuracy, evaluation.n, scores,
                   evaluation.best ? "  best so far" : "");
    }
}

void runTraining(TrainOptions &options)
{
    TrainRequest &request = options.request;
    const NamedObjective objective = parsedObjective(options.objective);
    request.options.objective = objective.objective;
    request.options.pair = objective.pair;
    request.options.precision = parsedPrecision(options.precision);
    request.options.masking = options.masking == "whole-word" ? MaskingUnit::WholeWord
                              : options.masking == "n-gram"   ? MaskingUnit::NGram
                                                              : MaskingUnit::Token;
    request.mode = options.resume ? TrainingMode::Resume : TrainingMode::Fresh;
    request.warn = &printWarning;
    if (options.masking != "token" && !isOneOf("mlm|mlm+nsp|mlm+sop", nameOf(request.options)))
        printNote(message(messages::maskingUnused, options.objective, options.masking));
    if (request.options.patience > 0 && request.dev.empty())
        printNote(message(messages::patienceUnused));
    if (options.objective == "task" && !request.corpus.empty())
        printNote(message(messages::corpusUnused, options.objective, request.corpus));
    TerminalProgress progress;
    const TrainingReport report = train(request, progress);
    progress.clear();
    if (options.json)
        fmt::print("{}\n", toJson(report).dump(2));
    else
        printSummary(request, report);
}

} // namespace

void addTrain(CLI::App &app)
{
    CLI::App *command =
        app.add_subcommand("train", "Train a model: masked-LM pre-training, or a task");
    const auto options = std::make_shared<TrainOptions>();
    TrainRequest &request = options->request;
    CLI::Option *config =
        command->add_option("--config", request.config, "config.json of a new model")
            ->type_name("C.json");
    CLI::Option *init = command->add_option("--init", request.model, "Model folder to start from")
                            ->type_name("MODEL")
                            ->excludes(config);
    command->add_option("--data", request.data, "Labelled examples")->type_name("TRAIN.tsv");
    command
        ->add_option("--corpus", request.corpus,
                     "Text for masked-LM training (default: the texts of --data)")
        ->type_name("TEXT");
    command
        ->add_option("--objective", options->objective,
                     "What is learnt: task (default), or from running text masked tokens (mlm), "
                     "next sentences (nsp), the order of sentences (sop), or mlm+nsp, mlm+sop")
        ->type_name("task|mlm|nsp|sop|…")
        ->check(parsedBy(&parsedObjective));
    command
        ->add_option("--masking", options->masking,
                     "What mlm asks for together: tokens (default), whole words, or n-grams of "
                     "words")
        ->check(oneOf({"token", "whole-word", "n-gram"}));
    command
        ->add_option("--vocabulary", request.vocabulary,
                     "vocab.txt of a new model, or size=N to train one")
        ->type_name("FILE|size=N");
    command->add_option("--dev", request.dev, "Measured after each epoch; the best model is kept")
        ->type_name("DEV.tsv");
    command->add_option("--output", request.output, "Folder to write")
        ->required()
        ->type_name("DIR");
    command
        ->add_option(
            "--epochs", request.options.epochs,
            "Passes over the data (default: 4 of a task, 10 of running text or of a new model)")
        ->check(aboveZero());
    command
        ->add_option("--learning-rate", request.options.learningRate,
                     "Highest one, after warm-up (default: by objective and width)")
        ->check(aboveZero());
    command->add_option("--batch-tokens", request.options.batchTokens, "Tokens of one step")
        ->check(wholeNumber(1, 1 << 20));
    command
        ->add_option("--patience", request.options.patience,
                     "Stop after so many epochs without a better one on --dev (default: never)")
        ->check(wholeNumber(0, 100'000));
    command->add_option("--seed", request.options.seed, "Seed of every random choice (default: 0)")
        ->check(wholeNumber());
    command
        ->add_option("--threads", request.options.threads,
                     "Threads that compute (default: all cores)")
        ->check(wholeNumber(1, 1024));
    command->add_flag("--resume", options->resume,
                      "Go on where an earlier call with the same output stopped");
    command
        ->add_option("--precision", options->precision,
                     "What linear layers multiply in (default: the faster one here)")
        ->check(oneOf({"auto", "float32", "bfloat16"}));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options, config, init] {
        if (config->count() + init->count() == 0)
            throw WrongUsage(messages::trainEither);
        const bool hasText = !options->request.data.empty() || !options->request.corpus.empty();
        if (options->objective == "task" ? options->request.data.empty() : !hasText)
            throw WrongUsage(messages::trainData);
        runTraining(*options);
    });
}

} // namespace pare

#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/comparisontables.h"
#include "app/cli/messages.h"
#include "app/cli/namedruns.h"
#include "app/cli/terminal.h"
#include "app/cli/usage.h"
#include "core/base/error.h"
#include "core/evaluation/statistics.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pare {

namespace {

constexpr const char *originalWord = "original";
constexpr double points = 100; // of accuracy, in one

struct CompareOptions
{
    std::vector<std::string> runs;
    double margin = 1; ///< in points
    bool anytime = false;
    bool json = false;
};

ComparedModel comparedModel(std::string name, const AnsweredRun &from, const ModelAnswers &answers)
{
    ComparedModel model;
    model.name = std::move(name);
    model.project = from.project;
    model.correct = correctAnswers(from.answers.data, answers);
    model.accuracy = wilsonInterval(std::ranges::count(model.correct, 1),
                                    static_cast<std::int64_t>(model.correct.size()));
    return model;
}

ComparedModel ofRun(const AnsweredRun &from)
{
    ComparedModel model = comparedModel(from.run.id, from, from.answers.run);
    model.recipe = shortName(from.run.recipe);
    model.bytes = from.run.measured.bytes;
    return model;
}

ComparedModel ofOriginal(const AnsweredRun &from)
{
    ComparedModel model = comparedModel(originalWord, from, from.answers.original);
    model.recipe = "no steps";
    model.bytes = from.run.baseline.bytes;
    return model;
}

void checkSameData(const AnsweredRun &one, const AnsweredRun &other)
{
    if (one.answers.data.hash != other.answers.data.hash)
        throw Error(ErrorKind::InvalidSetting, messages::compareData, one.run.id, one.run.dataPath,
                    one.answers.data.hash.substr(0, 8), other.run.id, other.run.dataPath,
                    other.answers.data.hash.substr(0, 8));
    if (one.answers.data.gold.size() != other.answers.data.gold.size())
        throw Error(ErrorKind::InvalidFile, messages::compareSizes, one.run.id,
                    one.answers.data.gold.size(), other.run.id, other.answers.data.gold.size());
}

/// The runs in the order named; nothing: the word original. Throws Error.
std::vector<std::optional<AnsweredRun>> openedRuns(const std::vector<std::string> &names)
{
    if (std::ranges::count(names, originalWord) == std::ssize(names))
        throw WrongUsage(messages::compareOriginalAlone);
    if (names.size() < 2)
        throw WrongUsage(messages::compareNothing);
    std::vector<std::optional<AnsweredRun>> runs;
    const std::optional<AnsweredRun> *first = nullptr;
    std::vector<std::string> seen;
    for (const std::string &name : names) {
        std::optional<AnsweredRun> run;
        if (name != originalWord)
            run = answeredRun(name);
        const std::string id = run ? run->run.id : originalWord;
        if (std::ranges::find(seen, id) != seen.end())
            throw WrongUsage(messages::compareTwice, id);
        seen.push_back(id);
        runs.push_back(std::move(run));
    }
    for (const std::optional<AnsweredRun> &run : runs) {
        if (run && first)
            checkSameData(**first, *run);
        else if (run)
            first = &run;
    }
    return runs;
}

/// Says where the original of one run is not that of another.
void noteOriginals(const std::vector<std::optional<AnsweredRun>> &runs, const AnsweredRun &first)
{
    const auto other = std::ranges::find_if(runs, [&](const std::optional<AnsweredRun> &run) {
        return run && run->run.modelHash != first.run.modelHash;
    });
    if (other != runs.end())
        printNote(message(messages::compareOriginals, first.run.id, first.run.modelPath,
                          (*other)->run.id, (*other)->run.modelPath));
}

ComparedModels comparedModels(const CompareOptions &options)
{
    const std::vector<std::optional<AnsweredRun>> runs = openedRuns(options.runs);
    const AnsweredRun &first = **std::ranges::find_if(
        runs, [](const std::optional<AnsweredRun> &run) { return run.has_value(); });
    ComparedModels compared;
    compared.dataPath = first.run.dataPath;
    compared.dataHash = first.answers.data.hash;
    for (const std::optional<AnsweredRun> &run : runs)
        compared.models.push_back(run ? ofRun(*run) : ofOriginal(first));
    if (std::ranges::find(options.runs, originalWord) != options.runs.end())
        noteOriginals(runs, first);
    compared.options.margin = options.margin / points;
    compared.options.looks = options.anytime ? Looks::Anytime : Looks::Once;
    std::vector<std::vector<std::uint8_t>> others;
    std::vector<FrontPoint> front;
    for (const ComparedModel &model : compared.models) {
        front.push_back({model.bytes, model.correct});
        others.push_back(model.correct);
    }
    compared.comparisons =
        compareAnswers(others.front(), std::span(others).subspan(1), compared.options);
    compared.front = frontShares(front);
    return compared;
}

} // namespace

void addCompare(CLI::App &app)
{
    CLI::App *command = app.add_subcommand(
        "compare", "Say which of several runs answers better, if the examples tell");
    const auto options = std::make_shared<CompareOptions>();
    command
        ->add_option(
            "RUN", options->runs,
            "PROJECT.pare#RUN, each compared with the first; original: what was compressed")
        ->required();
    command
        ->add_option("--margin", options->margin,
                     "Where no difference shows, how small it must surely be to be none (points, "
                     "default: 1)")
        ->check(between(0.01, 100));
    command->add_flag("--anytime", options->anytime,
                      "Verdicts that hold however often one looks while rows come in");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] {
        const ComparedModels compared = comparedModels(*options);
        if (options->json)
            printComparisonJson(compared);
        else
            printComparison(compared);
    });
}

} // namespace pare

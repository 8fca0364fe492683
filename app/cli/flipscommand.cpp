#include "app/cli/commands.h"
#include "app/cli/fliptables.h"
#include "app/cli/messages.h"
#include "app/cli/namedruns.h"
#include "app/cli/terminal.h"
#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/search/knownresponses.h"
#include "core/search/recipeparts.h"
#include "core/text/datasource.h"
#include "core/text/wordmeasures.h"

#include <algorithm>
#include <memory>

namespace pare {

namespace {

constexpr int rareBelow = 3;
constexpr std::size_t listed = 20; // on a terminal, where nothing is said

struct FlipsOptions
{
    std::string run;
    std::optional<std::size_t> limit;
    bool json = false;
    bool blames = false;
};

/// The data of the run as it was. Throws Error where it is gone or has changed.
Dataset dataOf(const AnsweredRun &answered)
{
    Dataset data = openDataset(answered.run.dataPath);
    if (data.hash() != answered.answers.data.hash ||
        data.size() != answered.answers.data.gold.size())
        throw Error(ErrorKind::InvalidFile, messages::flipsDataChanged, answered.run.dataPath,
                    answered.run.id);
    return data;
}

/// Where the data is gone, the rest of the story is still to be told.
void findTexts(FlipStory &story, const AnsweredRun &answered)
{
    try {
        story.texts = dataOf(answered);
    } catch (const Error &error) {
        story.withoutTexts = message(messages::flipsWithoutTexts, error.what());
    }
}

std::vector<Slice> slicesOf(const FlipStory &story, Progress &progress)
{
    std::vector<Slice> slices = labelSlices(story.answers.data);
    if (!story.texts)
        return slices;
    const WordMeasures measures = wordMeasures(*story.texts, story.rareBelow, progress);
    for (const auto &parts : {thirds(SliceKind::Words, measures.words),
                              thirds(SliceKind::RareWords, measures.rareShare)})
        slices.insert(slices.end(), parts.begin(), parts.end());
    return slices;
}

/// What a sweep per layer said of the layers of a recipe, if there was one.
std::optional<ResponseTable> knownOf(const Experiment &experiment, const Recipe &recipe)
{
    auto known = KnownResponses::find(experiment, {});
    if (!known)
        return std::nullopt;
    for (const Recipe &part : partsOf(recipe, experiment.checkpoint().description))
        known->numberOf(part);
    return known->table();
}

std::vector<AnswerBlame> blamesOf(const FlipStory &story, TerminalProgress &progress)
{
    Experiment experiment(optionsOf(story.run), progress);
    if (experiment.modelHash() != story.run.modelHash)
        throw Error(ErrorKind::InvalidFile, messages::flipsModelChanged, story.run.modelPath,
                    story.run.id);
    std::vector<std::size_t> examples;
    for (std::size_t i = 0; i < story.shown; ++i)
        examples.push_back(story.flips[i].example);
    const std::optional<ResponseTable> table = knownOf(experiment, story.run.recipe);
    return blamedLayers(experiment, story.run.recipe, examples, table ? &*table : nullptr,
                        progress);
}

void tellFlips(const FlipsOptions &options)
{
    const AnsweredRun answered = answeredRun(options.run);
    TerminalProgress progress;
    FlipStory story;
    story.run = answered.run;
    story.answers = answered.answers;
    story.rareBelow = rareBelow;
    findTexts(story, answered);
    story.flips = flips(story.answers);
    const bool all = options.json && !options.blames; // blame is found by running the model
    story.shown =
        std::min(story.flips.size(), options.limit.value_or(all ? story.flips.size() : listed));
    story.slices = sliceReports(story.answers, slicesOf(story, progress));
    if (options.blames)
        story.blames = blamesOf(story, progress);
    progress.clear();
    if (options.json) {
        if (!story.texts)
            printNote(story.withoutTexts);
        printFlipsJson(story);
    } else {
        printFlips(story);
    }
}

} // namespace

void addFlips(CLI::App &app)
{
    CLI::App *command = app.add_subcommand(
        "flips", "Show which answers of a run are not the original's, and where they are");
    const auto options = std::make_shared<FlipsOptions>();
    command->add_option("RUN", options->run, "PROJECT.pare#RUN")->required();
    command
        ->add_option("--limit", options->limit,
                     "List so many examples (default: 20; all with --json, without --blame)")
        ->check(CLI::Range(0, 1'000'000'000));
    command->add_flag(
        "--blame", options->blames,
        "Run the model with each layer put back, and say which brings an answer back");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { tellFlips(*options); });
}

} // namespace pare

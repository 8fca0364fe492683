#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/fliptables.h"
#include "app/cli/namedruns.h"
#include "app/cli/terminal.h"
#include "core/search/changedanswers.h"

#include <algorithm>
#include <memory>

namespace pare {

namespace {

constexpr std::size_t listed = 20; // on a terminal, where nothing is said

struct FlipsOptions
{
    std::string run;
    std::optional<std::size_t> limit;
    bool json = false;
    bool blames = false;
};

std::vector<AnswerBlame> blamesOf(const FlipStory &story, TerminalProgress &progress)
{
    std::vector<std::size_t> examples;
    for (std::size_t i = 0; i < story.shown; ++i)
        examples.push_back(story.flips[i].example);
    return pare::blamesOf(story.run, examples, progress);
}

void tellFlips(const FlipsOptions &options)
{
    const AnsweredRun answered = answeredRun(options.run);
    TerminalProgress progress;
    FlipStory story;
    story.run = answered.run;
    story.answers = answered.answers;
    story.rareBelow = rareWordsBelow;
    ChangedAnswers changed = changedAnswers(answered.run, answered.answers, progress);
    story.texts = std::move(changed.texts);
    story.withoutTexts = std::move(changed.withoutTexts);
    story.flips = std::move(changed.flips);
    story.slices = std::move(changed.slices);
    const bool all = options.json && !options.blames; // blame is found by running the model
    story.shown =
        std::min(story.flips.size(), options.limit.value_or(all ? story.flips.size() : listed));
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
        ->check(wholeNumber(0, 1'000'000'000));
    command->add_flag(
        "--blame", options->blames,
        "Run the model with each layer put back, and say which brings an answer back");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { tellFlips(*options); });
}

} // namespace pare

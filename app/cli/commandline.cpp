#include "app/cli/commandline.h"

#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/interrupts.h"
#include "app/cli/messages.h"
#include "app/cli/terminal.h"
#include "app/cli/usage.h"
#include "core/base/error.h"
#include "core/base/nearest.h"
#include "core/base/progress.h"
#include "core/base/utf8.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <new>
#include <system_error>

#include <fmt/format.h>

namespace pare {

namespace {

constexpr int exitFailed = 1;
constexpr int exitUsage = 2;
constexpr int exitCancelled = 130;

constexpr std::array<std::string_view, 15> commands{
    "inspect", "tokenize", "train",   "distill", "run",    "sweep",      "search", "export",
    "recipe",  "runs",     "compare", "flips",   "report", "techniques", "demo"};

int failed(std::string_view text, int code = exitFailed)
{
    std::string line = validUtf8(text);    // arguments may be of any bytes
    std::ranges::replace(line, '\n', ' '); // one line, whatever a library has to say
    tell(fmt::format("pare: {}\n", line));
    return code;
}

/// Of everything but what is text itself, or settings of which each has a default.
void refuseEmptyValues(CLI::App &app)
{
    constexpr std::array<std::string_view, 3> mayBeEmpty{"TEXT", "--title", "--recover"};
    for (CLI::App *command : app.get_subcommands({})) {
        for (CLI::Option *option : command->get_options()) {
            if (std::ranges::find(mayBeEmpty, option->get_name()) == mayBeEmpty.end())
                option->check(notEmpty());
        }
    }
}

/// Of the only word that there is: no file, and nearly a command.
bool isMisspeltCommand(std::string_view word)
{
    std::error_code ignored;
    return nearestWord(word, commands) && !std::filesystem::exists(word, ignored);
}

} // namespace

std::vector<const char *> withoutWindowOptions(int argc, const char *const *argv)
{
    constexpr std::array<std::string_view, 3> followed{"-style", "-stylesheet", "-platform"};
    std::vector<const char *> rest;
    for (int i = 1; i < argc; ++i) {
        std::string_view option = argv[i];
        if (option.starts_with("--"))
            option.remove_prefix(1);
        if (std::ranges::find(followed, option) != followed.end())
            ++i; // its value
        else if (option != "-reverse")
            rest.push_back(argv[i]);
    }
    return rest;
}

bool belongsToCommandLine(int argc, const char *const *argv)
{
    const std::vector<const char *> words = withoutWindowOptions(argc, argv);
    const std::string_view first = words.empty() ? "" : words.front();
    return words.size() > 1 || first.starts_with('-') ||
           std::ranges::find(commands, first) != commands.end() || isMisspeltCommand(first);
}

int runCommandLine(int argc, char **argv)
{
    const Interrupts interrupts;
    CLI::App app("Pare finds out what each layer of a language model can lose.\n"
                 "Without a command, or with a project or a model: the window.",
                 "pare");
    app.set_version_flag("--version", "pare " PARE_VERSION);
    app.require_subcommand(1);
    addInspect(app);
    addTokenize(app);
    addTrain(app);
    addDistill(app);
    addRun(app);
    addSweep(app);
    addSearch(app);
    addExport(app);
    addRecipe(app);
    addRuns(app);
    addCompare(app);
    addFlips(app);
    addReport(app);
    addTechniques(app);
    addDemo(app);
    refuseEmptyValues(app);
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (!words.empty() && !words[0].starts_with('-') &&
        std::ranges::find(commands, words[0]) == commands.end())
        return failed(unknownCommand(words[0], app), exitUsage);
    try {
        app.parse(argc, argv);
        if (std::fflush(stdout) != 0)
            return failed(message(messages::outputLost, std::strerror(errno)).text());
        return 0;
    } catch (const CLI::ParseError &error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success))
            return app.exit(error);
        return failed(usageProblem(error, app, words), exitUsage);
    } catch (const WrongUsage &error) {
        return failed(error.what(), exitUsage);
    } catch (const Error &error) {
        return failed(error.what());
    } catch (const Cancelled &) {
        tell("cancelled\n");
        return exitCancelled;
    } catch (const std::bad_alloc &) {
        return failed(message(messages::memoryLacks).text());
    } catch (const std::filesystem::filesystem_error &error) {
        return failed(error.what());
    } catch (const std::system_error &error) { // {fmt}, where standard output cannot be written
        return failed(message(messages::outputLost, error.what()).text());
    } catch (const std::exception &error) {
        return failed(message(messages::programError, error.what()).text());
    }
}

} // namespace pare

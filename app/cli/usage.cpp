#include "app/cli/usage.h"

#include "app/cli/messages.h"
#include "core/base/nearest.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

std::string listed(const std::vector<std::string> &names)
{
    return fmt::format("{}", fmt::join(names, ", "));
}

/// The command that was named, or the program.
const CLI::App &commandOf(const CLI::App &app)
{
    const std::vector<CLI::App *> named = app.get_subcommands();
    return named.empty() ? app : *named.front();
}

std::string nameOf(const CLI::App &command)
{
    return command.get_parent() ? "pare " + command.get_name() : "pare";
}

bool looksLikeOption(std::string_view word)
{
    return word.size() > 1 && word.front() == '-';
}

/// "--seeds=3" → "--seeds"
std::string withoutValue(const std::string &word)
{
    return word.substr(0, word.find('='));
}

std::optional<std::string> nearestOption(const std::string &word, const CLI::App &command)
{
    std::vector<std::string> names;
    for (const CLI::Option *option : command.get_options()) {
        for (const std::string &name : option->get_lnames())
            names.push_back("--" + name);
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    return nearestWord(word, views);
}

/// Of words that belong to no option: an option that is none, before words too many.
std::optional<Message> unknownWord(const CLI::App &command)
{
    const std::vector<std::string> words = command.remaining();
    if (words.empty())
        return std::nullopt;
    const auto option = std::ranges::find_if(words, looksLikeOption);
    if (option == words.end())
        return message(messages::usageWordTooMany, nameOf(command), words.front());
    const std::string word = withoutValue(*option);
    if (const auto nearest = nearestOption(word, command))
        return message(messages::usageOptionNearest, nameOf(command), word, *nearest);
    return message(messages::usageOptionUnknown, nameOf(command), word);
}

/// "--data TEST.tsv", "MODEL"
std::string shown(const CLI::Option &option)
{
    const bool named = option.nonpositional();
    return option.get_name() + (named ? " " + option.get_type_name() : std::string());
}

std::optional<Message> missingOption(const CLI::App &command)
{
    std::vector<std::string> missing;
    for (const CLI::Option *option : command.get_options()) {
        if (option->get_required() && option->count() == 0)
            missing.push_back(shown(*option));
    }
    if (missing.empty())
        return std::nullopt;
    return message(messages::usageMissing, nameOf(command), listed(missing));
}

/// Of options that exclude or need each other.
std::optional<Message> wrongCompany(const CLI::App &command)
{
    for (const CLI::Option *option : command.get_options()) {
        if (option->count() == 0)
            continue;
        for (const CLI::Option *other : option->get_needs()) {
            if (other->count() == 0)
                return message(messages::usageNeeds, option->get_name(), other->get_name());
        }
        for (const CLI::Option *other : option->get_excludes()) {
            if (other->count() > 0)
                return message(messages::usageExcludes, option->get_name(), other->get_name());
        }
    }
    return std::nullopt;
}

/// Of an option that has more or fewer values than it takes.
std::optional<Message> wrongCount(const CLI::App &command,
                                  const std::vector<std::string> &arguments)
{
    for (const CLI::Option *option : command.get_options()) {
        if (option->count() > 1 && option->get_items_expected_max() == 1 &&
            option->get_multi_option_policy() == CLI::MultiOptionPolicy::Throw)
            return message(messages::usageTwice, option->get_name(), option->count());
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string name = withoutValue(arguments[i]);
        const CLI::Option *option =
            looksLikeOption(name) ? command.get_option_no_throw(name) : nullptr;
        if (!option)
            continue;
        const bool isFlag = option->get_items_expected_max() == 0;
        if (isFlag && name != arguments[i])
            return message(messages::usageFlagValue, name, arguments[i].substr(name.size() + 1));
        const bool isAlone = i + 1 == arguments.size() || looksLikeOption(arguments[i + 1]);
        if (!isFlag && name == arguments[i] && isAlone)
            return message(messages::usageValueMissing, name, option->get_type_name());
    }
    return std::nullopt;
}

std::vector<std::string> commandNames(const CLI::App &app)
{
    std::vector<std::string> names;
    for (const CLI::App *command : app.get_subcommands({}))
        names.push_back(command->get_name());
    return names;
}

} // namespace

std::string usageProblem(const CLI::ParseError &error, const CLI::App &app,
                         const std::vector<std::string> &arguments)
{
    const CLI::App &command = commandOf(app);
    std::optional<Message> problem = unknownWord(command);
    if (!problem && dynamic_cast<const CLI::ValidationError *>(&error))
        return error.what(); // the words of our own checks
    if (!problem && !command.get_parent())
        problem = message(messages::commandMissing, listed(commandNames(app)));
    if (!problem)
        problem = wrongCount(command, arguments);
    if (!problem)
        problem = missingOption(command);
    if (!problem)
        problem = wrongCompany(command);
    return problem ? problem->text() : error.what();
}

std::string unknownCommand(const std::string &word, const CLI::App &app)
{
    const std::vector<std::string> names = commandNames(app);
    const std::vector<std::string_view> views(names.begin(), names.end());
    if (const auto nearest = nearestWord(word, views))
        return message(messages::commandNearest, word, *nearest).text();
    return message(messages::commandUnknown, word, listed(names)).text();
}

} // namespace pare

#include "app/cli/namedruns.h"

#include "app/cli/messages.h"
#include "app/cli/usage.h"
#include "core/base/error.h"
#include "core/project/project.h"

#include <string_view>

namespace pare {

namespace {

Run runIn(const Project &project, const RunName &name)
{
    std::optional<Run> run = project.findRun(name.id);
    if (!run)
        throw Error(ErrorKind::InvalidSetting, messages::runNotFound, name.project, name.id);
    return *run;
}

} // namespace

std::optional<RunName> parsedRunName(const std::string &text)
{
    constexpr std::string_view ending = ".pare";
    const std::size_t found = text.rfind(std::string(ending) + '#');
    if (found == std::string::npos)
        return std::nullopt;
    const std::size_t hash = found + ending.size();
    return RunName{text.substr(0, hash), text.substr(hash + 1)};
}

Run namedRun(const RunName &name)
{
    return runIn(Project::open(name.project, Access::ReadOnly), name);
}

AnsweredRun answeredRun(const std::string &text)
{
    const std::optional<RunName> name = parsedRunName(text);
    if (!name)
        throw WrongUsage(messages::runNameExpected, text);
    const Project project = Project::open(name->project, Access::ReadOnly);
    AnsweredRun answered{name->project, runIn(project, *name), {}};
    std::optional<RunAnswers> answers = project.answersOf(answered.run.id);
    if (!answers)
        throw Error(ErrorKind::Unsupported, messages::runWithoutAnswers, name->project,
                    answered.run.id);
    answered.answers = std::move(*answers);
    return answered;
}

} // namespace pare

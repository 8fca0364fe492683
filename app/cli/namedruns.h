// Runs that the command line names, as in "news.pare#1a2b".
#pragma once

#include "core/model/answers.h"
#include "core/model/run.h"

#include <optional>
#include <string>

namespace pare {

struct RunName
{
    std::string project; ///< path of the file
    std::string id;      ///< or the beginning of one
};

/// Nothing where the text names no run of a project.
std::optional<RunName> parsedRunName(const std::string &text);

/// Throws Error where there is no such project or run.
Run namedRun(const RunName &name);

/// A run with its answers.
struct AnsweredRun
{
    std::string project; ///< path of the file
    Run run;
    RunAnswers answers;
};

/// Throws Error as namedRun(), where `text` names no run, and where the run's answers were not kept.
AnsweredRun answeredRun(const std::string &text);

} // namespace pare

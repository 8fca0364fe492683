// Wrong usage: a command line that cannot be meant, whatever the files that it names hold.
#pragma once

#include "core/base/error.h"

#include <CLI/App.hpp>
#include <string>

namespace pare {

/// Options that do not go together; ends the program with 2.
class WrongUsage final : public Error
{
public:
    template <class... Arguments>
    explicit WrongUsage(const char *pattern, const Arguments &...arguments)
        : Error(ErrorKind::InvalidSetting, pattern, arguments...)
    {}
};

/// What the parser refused, in words of ours; `app` as the refusal left it, `arguments` what it was given.
std::string usageProblem(const CLI::ParseError &error, const CLI::App &app,
                         const std::vector<std::string> &arguments);

/// "there is no command …", with the one that was probably meant.
std::string unknownCommand(const std::string &word, const CLI::App &app);

} // namespace pare

// The one exception type of the engine.
#pragma once

#include "core/base/message.h"

#include <exception>
#include <string>

namespace pare {

enum class ErrorKind {
    InvalidFile,     ///< a file says something its format does not allow
    InvalidSetting,  ///< a setting, recipe, selection or option that cannot be meant
    Unsupported,     ///< well-formed, but nothing Pare can do
    NotEnoughMemory, ///< would not fit, or an allocation failed
    Io,              ///< the system refused to read or write
    Busy,            ///< another program holds it; reading, or trying again later, may work
    Unexpected,      ///< an exception that no module translated: a mistake of ours
};

/// Thrown by every module at its public border; caught by the job runner, the command line's main
/// and Document only. The message names what, where, expected and found.
class Error : public std::exception
{
public:
    Error(ErrorKind kind, Message message);

    template <class... Arguments>
    Error(ErrorKind kind, const char *pattern, const Arguments &...arguments)
        : Error(kind, pare::message(pattern, arguments...))
    {}

    ErrorKind kind() const { return m_kind; }
    const Message &message() const { return m_message; }
    const char *what() const noexcept override { return m_text.c_str(); }

private:
    ErrorKind m_kind;
    Message m_message;
    std::string m_text;
};

} // namespace pare

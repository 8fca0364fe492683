#include "core/base/error.h"

#include <utility>

namespace pare {

Error::Error(ErrorKind kind, Message message)
    : m_kind(kind)
    , m_message(std::move(message))
    , m_text(m_message.text())
{}

} // namespace pare

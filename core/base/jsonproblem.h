// What keeps a text from being JSON.
#pragma once

#include "core/base/message.h"

#include <optional>
#include <string_view>

namespace pare {

/// Line and column of the first place where `text` is no JSON, what is expected there and what was
/// found; nothing where the grammar is kept.
std::optional<Message> jsonProblem(std::string_view text);

} // namespace pare

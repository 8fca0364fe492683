// What keeps a text from being JSON, in our words.
#pragma once

#include "core/base/message.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace pare {

/// Line and column where the library stopped reading `text`, what it expected there and what it found. Nothing
/// where it complains of something else than the grammar, as of bytes that are no UTF-8.
std::optional<Message> jsonProblem(std::string_view text, const nlohmann::json::exception &error);

} // namespace pare

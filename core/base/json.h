// JSON from files of unknown origin.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace pare {

/// Of an object: whether a key may stand there again, the last of them counting.
enum class RepeatedKeys { Allowed, Refused };

/// The document, keys in the order of the text. Throws InvalidFile with the reason alone for text
/// that is not JSON or nests deeper than 100 levels, which would take memory far beyond its length.
nlohmann::ordered_json parsedJson(std::string_view text,
                                  RepeatedKeys repeated = RepeatedKeys::Allowed);

/// What is wrong, in valid UTF-8 and without the library's numbers.
std::string reasonOf(const nlohmann::json::exception &error);

} // namespace pare

// What a misspelt word was meant to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pare {

/// The candidate that takes the fewest letters put in, taken out or exchanged, or one that `word` is the
/// beginning of; nothing where none is near enough to be meant.
std::optional<std::string> nearestWord(std::string_view word,
                                       std::span<const std::string_view> candidates);

} // namespace pare

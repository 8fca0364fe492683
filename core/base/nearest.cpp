#include "core/base/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace pare {

namespace {

/// Levenshtein's distance, in bytes.
std::size_t distance(std::string_view one, std::string_view other)
{
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < one.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < other.size(); ++j) {
            const std::size_t exchanged = diagonal + (one[i] == other[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({exchanged, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::optional<std::string> nearestWord(std::string_view word,
                                       std::span<const std::string_view> candidates)
{
    constexpr std::size_t longest = 64; // no word of ours is longer, and the cost grows with both
    constexpr std::size_t tellingPrefix = 3;
    constexpr std::size_t lettersPerMistake = 4;
    if (word.size() > longest)
        return std::nullopt;
    std::optional<std::string> nearest;
    std::size_t least = std::max<std::size_t>(1, word.size() / lettersPerMistake) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t apart = distance(word, candidate);
        if (apart < least) {
            least = apart;
            nearest = candidate;
        }
    }
    if (nearest || word.size() < tellingPrefix)
        return nearest;
    const auto begun = std::ranges::find_if(
        candidates, [&](std::string_view candidate) { return candidate.starts_with(word); });
    return begun == candidates.end() ? nearest : std::optional<std::string>(*begun);
}

} // namespace pare

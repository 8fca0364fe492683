// Characters as BERT's text cleaning sees them. Stateless; any thread.
#pragma once

#include <array>
#include <cstdint>

namespace pare {

enum class CharacterTrait : std::uint8_t {
    Removed = 1,      ///< control, format and private-use characters, U+FFFD
    Space = 2,        ///< becomes a space
    Ideograph = 4,    ///< Chinese characters: each is a word of its own
    Mark = 8,         ///< nonspacing mark (Mn): what stripping accents drops
    Punctuation = 16, ///< ASCII symbols and Unicode P*: each is a word of its own
};
using CharacterTraits = std::uint8_t;

constexpr bool has(CharacterTraits traits, CharacterTrait trait)
{
    return (traits & static_cast<CharacterTraits>(trait)) != 0;
}

CharacterTraits traitsOf(char32_t c);

constexpr int maximumDecomposition = 4;

struct Decomposition
{
    std::array<char32_t, maximumDecomposition> characters{};
    int count = 0;
};

/// The full canonical decomposition of one character; itself where it has none.
Decomposition decomposed(char32_t c);

/// Canonical_Combining_Class, by which NFD orders marks; 0 for all others.
int combiningClass(char32_t c);

/// The small letter where it is one character. U+0130 alone has two (i, U+0307): see bertWords().
char32_t lowerCase(char32_t c);

} // namespace pare

// What core/network says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto networkLayerMissing = translatable("the model has no layer %1");
inline constexpr auto networkLayerShape =
    translatable("layer %1: expected the shape [%2], found [%3]");
inline constexpr auto networkToken = translatable("token %1 is outside the vocabulary of %2");
inline constexpr auto networkTooLong =
    translatable("a text of %1 tokens is longer than the %2 the model reads");
inline constexpr auto networkTypes = translatable(
    "the model tells %2 kinds of text apart, found the kind %1: it reads no pairs of texts");
inline constexpr auto networkTokenRows =
    translatable("layer %1: token rows see each other before they are projected; expected the "
                 "shapes %2 of table and projection, found %3");
inline constexpr auto networkTiedTokenRows =
    translatable("the masked-LM decoder uses the token table, whose narrow rows see each other in "
                 "this model; a decoder needs a table of its own there");
inline constexpr auto networkHead = translatable("the model has no %1 head");

} // namespace pare::messages

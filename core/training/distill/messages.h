// What core/training/distill says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto distillShapes =
    translatable("%1: expected teacher and student of one shape, found %2 and %3");
inline constexpr auto distillProjection =
    translatable("hidden states: expected a projection of %1 (teacher by student), found %2");
inline constexpr auto distillPacked =
    translatable("attention: expected queries, keys and values of %1 tokens by 3 x %2 heads x "
                 "their width, found %3");
inline constexpr auto distillHeads =
    translatable("attention is compared head by head: expected as many heads as the teacher has, "
                 "%1, found %2");
inline constexpr auto distillRelationHeads =
    translatable("relation heads: expected a number that divides the widths of teacher and "
                 "student, %1 and %2, found %3");
inline constexpr auto distillTemperature =
    translatable("temperature: expected a finite number above 0, found %1");
inline constexpr auto theseusProbability =
    translatable("replacement: expected a base from 0 to 1 and a slope of at least 0, found %1 "
                 "and %2");

} // namespace pare::messages

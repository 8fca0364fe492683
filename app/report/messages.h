// What the report says where something is missing or broken.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto reportNoRuns =
    translatable("%1: has no runs yet; expected one at least to report on");
inline constexpr auto reportEnding =
    translatable("%1: expected a file that ends in .html, .pdf, .md or .csv");
inline constexpr auto reportLanguage =
    translatable("there are no texts in the language \"%1\" in this program; expected one of %2");
inline constexpr auto reportModelGone = translatable("the model could not be opened: %1");
inline constexpr auto reportModelChanged =
    translatable("%1 holds another model than the one that was measured");
inline constexpr auto reportDataChanged =
    translatable("%1 has changed since it was measured, so that no texts can be shown");
inline constexpr auto reportDataGone = translatable("texts cannot be shown: %1");
inline constexpr auto embeddedNone =
    translatable("%1: holds no runs; expected a report (HTML or PDF) that Pare wrote");
inline constexpr auto embeddedBroken =
    translatable("%1: the runs in this report cannot be read: %2");
inline constexpr auto embeddedNewer =
    translatable("%1: was written by a newer Pare: format %2, this program reads up to %3");
inline constexpr auto embeddedTooLong =
    translatable("%1: the runs in this report take more than %2 bytes");

} // namespace pare::messages

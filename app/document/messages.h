// What the document says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto documentReadOnly = translatable(
    "%1 is open in another window or program; it is shown here, and cannot be changed");
inline constexpr auto documentMeasuring = translatable("Measuring %1");
inline constexpr auto documentNoModel = translatable("Open a model first");
inline constexpr auto documentNoData =
    translatable("Choose a data file first: labelled examples as TSV, CSV or JSON lines");
inline constexpr auto documentMeasured = translatable("This recipe was measured already");

} // namespace pare::messages

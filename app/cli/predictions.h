// What a run would probably be, for a terminal and for programs.
#pragma once

#include "core/search/whatif.h"

#include <span>

namespace pare {

void printPrediction(const WhatIfAnswer &answer);

/// The document of a run with "predicted": true, "band" (its level and of how many runs it is made), "summed" (before
/// any correction) and "unmeasured" (parts that no sweep has asked).
void printPredictionJson(const WhatIfAnswer &answer);
/// A run that was measured after all: "predicted" is false.
void printPredictionJson(const Run &run);

/// Runs beside what was predicted before they were measured, and what the others would have them predicted as now.
void printHindsight(WhatIf &whatIf, std::span<const Run> runs);
void printHindsightJson(WhatIf &whatIf, std::span<const Run> runs);

} // namespace pare

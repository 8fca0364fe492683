// What rises or falls while a training goes, known before it begins: from the choices alone, without
// weights or data. Pure functions; any thread.
#pragma once

#include "core/model/recipe.h"
#include "core/model/trainingrecord.h"

#include <cstdint>

namespace pare {

/// What becomes stricter by the share of a training that is done.
struct Tightening
{
    bool masks = false; ///< that are learnt
    int bitsFrom = 0;
    int fewestBits = 0;   ///< at the end; not fewer than bitsFrom: bits stay
    double gradual = 0.7; ///< share of the training by which all is as strict as it becomes
};

/// "sparsity" (as a share of that of the end) and "bits" over so many steps (at least 1), where they
/// change.
Schedules schedulesOf(const Tightening &tightening, std::int64_t steps);

/// Of a distillation, a checked Step: "replacement" of theseus; others have none.
Schedules schedulesOf(const Step &method, std::int64_t steps);

/// Of the training of a checked recipe; none where it has none.
Schedules schedulesOf(const Recipe &recipe, std::int64_t steps);

/// Of a training whose length is not known yet: by its share, or by steps where the choices name them.
SchedulePlan plannedSchedules(const Step &method);
SchedulePlan plannedSchedules(const Recipe &recipe);

} // namespace pare

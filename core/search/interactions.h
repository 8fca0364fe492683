// Pairs of options whose joint effect is not the sum of both.
//
// Belongs to one command or job, on its thread.
#pragma once

#include "core/base/progress.h"
#include "core/search/layersweep.h"
#include "core/search/responsetable.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace pare {

using ResponsePair = std::pair<std::size_t, std::size_t>;

/// At most `count` pairs of `among` (responses at different places) that are not in `table.joints` yet and whose effects
/// are largest together: what neither does alone, they cannot do as a pair.
std::vector<ResponsePair> doubtfulPairs(const ResponseTable &table,
                                        std::span<const std::size_t> among, std::size_t count);

/// Asks each pair as a sweep asks single responses, as many rows as `options` say, and adds it to `table.joints`; kept
/// for later. `table` is of the model without steps. Throws Error; Cancelled, when those asked before are there.
void askJointly(Experiment &experiment, ResponseTable &table, std::span<const ResponsePair> pairs,
                const SweepOptions &options, Progress &progress);

/// How far a pair is from the sum of both: the root mean square of what is missing, as a share of that of the
/// pair's change, over the rows that all three were asked.
double interactionOf(const ResponseTable &table, const JointResponse &joint);

} // namespace pare

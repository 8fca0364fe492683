// The other way round: an option at all of its places but one, so that it is seen what that one place costs
// among the others.
//
// Belongs to one command or job, on its thread.
#pragma once

#include "core/base/progress.h"
#include "core/experiment/experiment.h"
#include "core/search/knownresponses.h"
#include "core/search/responsetable.h"

#include <vector>

namespace pare {

/// For each response of `table` whose option acts on single layers and was tried on several: what the model answers with
/// that option on all of these layers except its own, on as many rows as the response was asked. `place` is the layer that is
/// left out, the recipe that of the whole ("inputs=original" where the technique looks at inputs, so that leaving one out
/// changes no other). Only what stands above the layer is run. Kept as other responses are. `table` is of the model without
/// steps. Throws Error or Cancelled.
std::vector<Response> leftOutResponses(Experiment &experiment, const ResponseTable &table,
                                       const SweepOptions &options, Progress &progress);

} // namespace pare

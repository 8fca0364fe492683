// A budget answered to the end: chosen, carried out, measured, and chosen again where it came out otherwise than
// predicted.
//
// Belongs to one command or job, on its thread.
#pragma once

#include "core/experiment/experiment.h"
#include "core/search/budget.h"
#include "core/search/layersweep.h"

#include <functional>
#include <string>
#include <vector>

namespace pare {

struct MeasuredBudgetOptions
{
    BudgetTarget target;
    std::vector<std::string> locked; ///< layers that stay as they are
    int attempts = 3;                ///< choices that are measured at most
    std::size_t pairs = 8; ///< that are asked together after a choice that came out otherwise
    SweepOptions sweep = {};
    ExperimentOutputs outputs = {};
};

struct MeasuredBudget
{
    BudgetChoice choice;
    Recipe recipe;
    Run measured;
    int attempts = 1;
    bool agrees = true; ///< the measured accuracy lies in the predicted band
};

/// `runs` (of the project) correct predictions, and what is measured here does as well; pairs that are asked are added to
/// `table`. A file larger than the budget by what its header takes is chosen anew, which is no attempt. Of several
/// attempts the last counts. Throws Error or Cancelled.
MeasuredBudget measuredBudget(Experiment &experiment, ResponseTable &table, std::vector<Run> runs,
                              const MeasuredBudgetOptions &options, Progress &progress);

} // namespace pare

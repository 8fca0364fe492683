// What the views of finished runs show: free functions from the document's values to theirs.
// Window's thread.
#pragma once

#include "app/document/runvalues.h"
#include "core/model/run.h"
#include "core/model/runnote.h"
#include "widgets/panels/answerspanel.h"
#include "widgets/panels/comparepanel.h"

#include <vector>

namespace pare {

/// `flips` are of `run`; so is `blame`, if it is known.
AnswersData answersData(const Run &run, const RunFlips &flips, const RunBlame *blame);

/// What stands in place of the answers while there are none.
AnswersData answersPlaceholder(const QString &text);

/// `runs` as in `comparison`; while that is being computed, nothing.
CompareData compareData(const std::vector<Run> &runs, const RunComparison *comparison);

} // namespace pare

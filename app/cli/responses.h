// What single layers answer to single options: the table of a sweep per layer.
#pragma once

#include "core/search/responsetable.h"

#include <vector>

namespace pare {

/// One line a response that was asked, in the order of the table; nothing where none was.
void printResponses(const ResponseTable &table);

/// {"schema": 1, "runs": […], "table": "…", "responses": [{"layer", "technique", "settings", "run",
/// "bytes", "savedBytes", "latencyMs", "weightError", "outputError", "answersChanged", "examples",
/// "rows", "accuracy", "changed", "distance"}], "leftOut": [the same without what a layer saves], "pairs": [{"options", "run", "bytes", "rows", "accuracy", "changed",
/// "interaction"}]}; `runs` are those that were measured of the same
/// recipes.
void printResponsesJson(const ResponseTable &table, const std::vector<Run> &runs);

} // namespace pare

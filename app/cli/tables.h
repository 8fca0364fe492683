// Runs as text for a terminal.
#pragma once

#include "core/model/run.h"

#include <vector>

namespace pare {

/// The whole story of one run: bytes, accuracy, loyalty, time, each beside the original.
void printRun(const Run &run);

/// One line a run, smallest file first.
void printRuns(std::vector<Run> runs);

/// {"schema": 1, "runs": […]}
void printRunsJson(const std::vector<Run> &runs);

} // namespace pare

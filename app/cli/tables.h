// Runs as text for a terminal.
#pragma once

#include "core/model/run.h"

#include <optional>
#include <string>
#include <vector>

namespace pare {

/// The whole story of one run: bytes by part, accuracy, loyalty, time and multiply-adds, each
/// beside the original, and which layers are multiplied wider than they are stored.
void printRun(const Run &run);

/// "91.24 % (90.31 … 92.10)"
std::string intervalText(const Interval &interval);

/// A relative error in per cent; a dash where there is none.
std::string errorText(std::optional<double> error);

/// One line a run, smallest file first.
void printRuns(std::vector<Run> runs);

/// {"schema": 1, "runs": […]}
void printRunsJson(const std::vector<Run> &runs);

} // namespace pare

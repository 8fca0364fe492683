// Runs as text for a terminal.
#pragma once

#include "core/model/run.h"
#include "core/model/runnote.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

/// The whole story of one run: bytes by part, accuracy, loyalty, time and multiply-adds, each
/// beside the original, and which layers are multiplied wider than they are stored.
void printRun(const Run &run);

/// "91.24 % (90.31 … 92.10)"
std::string intervalText(const Interval &interval);

/// On one line and not longer than `most` characters; what a terminal would obey becomes a space.
std::string oneLine(std::string_view text, std::size_t most);

/// A relative error in per cent; a dash where there is none.
std::string errorText(std::optional<double> error);

/// One line a run, smallest file first; after it what people say of them.
void printRuns(std::vector<Run> runs, const RunNotes &notes = {});

/// {"schema": 1, "runs": […]}; each run with its "note", its "tags", and whether it is "deleted"; "onFront" from
/// `chances` by its id, null where there is none.
void printRunsJson(const std::vector<Run> &runs, const RunNotes &notes = {},
                   const std::map<std::string, double> &chances = {});

/// "91.2 % (90.3 … 92.1)": of a prediction, or of so few examples that a second digit tells nothing.
std::string bandText(const Interval &band);

} // namespace pare

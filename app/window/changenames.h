// What undo and redo are called in the menu: "removal of 4 bits". Free functions; window's thread.
#pragma once

#include "core/model/choices.h"
#include "core/model/run.h"
#include "core/model/runnote.h"

#include <QString>
#include <vector>

namespace pare {

/// "addition of 4 bits", "choice of a data file"; empty: they are the same.
QString changeName(const Choices &before, const Choices &after);

/// "delete of 4 bits", "note of 3 runs": what a change of words about runs is called; empty: none.
QString changeName(const NoteChanges &changes, const std::vector<Run> &runs);
/// Which runs those are: "4 bits", "3 runs".
QString changedRuns(const NoteChanges &changes, const std::vector<Run> &runs);
/// Whether all of it is runs that were deleted.
bool deletesRuns(const NoteChanges &changes);

} // namespace pare

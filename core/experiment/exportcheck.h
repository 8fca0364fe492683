// Whether an exported file holds what it was written from.
//
// Runs on the calling thread, which has set its thread counts.
#pragma once

#include "core/experiment/exporting.h"

namespace pare {

/// Opens `target.folder` again and compares every weight with the source's, rounded as the format
/// rounds, and the answers to `target.verify`, if any. Parity::failure says what differs first.
/// Throws where the data cannot be read, and Cancelled.
Parity exportParity(const ExportSource &source, const ExportTarget &target, Progress &progress);

} // namespace pare

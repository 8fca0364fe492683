// Whether an exported file holds what it was written from.
//
// Runs on the calling thread, which has set its thread counts.
#pragma once

#include "core/evaluation/encodeddata.h"
#include "core/experiment/exporting.h"

namespace pare {

/// What `target.verify` names, as the source's model reads it; nothing: no examples. Throws Error.
EncodedData heldOutExamples(const ExportSource &source, const ExportTarget &target,
                            Progress &progress);

/// Opens `target.folder` again and compares every weight with the source's, rounded as the format
/// rounds, and the answers to `examples`; of none, to sequences of random tokens. Parity::failure says
/// what differs first. Throws Cancelled.
Parity exportParity(const ExportSource &source, const ExportTarget &target,
                    const EncodedData &examples, Progress &progress);

} // namespace pare

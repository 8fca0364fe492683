// Every number of every run as one table (RFC 4180). A free function; any thread.
#pragma once

#include "core/model/run.h"

#include <QByteArray>
#include <span>

namespace pare {

/// A header, then a row for each run: the document `pare runs --json` prints with a column for each
/// of its leaves ("metrics.accuracy.value", "layers.encoder.0.ffn.up.bytes"), preceded by a name for
/// people. What a run does not have stays empty. Lines end in CRLF; numbers are written the same in
/// every language, with all their digits.
QByteArray csvOf(std::span<const Run> runs);

} // namespace pare

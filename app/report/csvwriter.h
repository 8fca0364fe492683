// Every number of every run as one table (RFC 4180). A free function; any thread.
#pragma once

#include "app/report/facts.h"

#include <QByteArray>

namespace pare {

/// A header, then a row for each run: the document `pare runs --json` prints with a column for each
/// of its leaves ("metrics.accuracy.value", "layers.encoder.0.ffn.up.bytes"), preceded by a name for
/// people, note and tags, chosen and onFront ("true", "false"), and how it stands to the original:
/// difference.value, .low and .high as shares of the examples with the 95 % interval, and verdict
/// (better, worse, same, open), where the project kept the answers. What a run does not have stays empty. Lines end in CRLF; numbers are written the same in
/// every language, with all their digits.
QByteArray csvOf(const ReportFacts &facts);

} // namespace pare

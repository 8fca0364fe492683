// What the program remarked of a run, in the reader's language. Runs keep remarks as finished English
// sentences; they are read back into the messages they were made of, so that runs of any age are told
// in every language. Free function; the application's thread.
#pragma once

#include <QString>
#include <string>

namespace pare {

/// The sentence as it is where it is none of the known messages.
QString noteInWords(const std::string &note);

} // namespace pare

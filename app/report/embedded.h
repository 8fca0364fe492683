// The runs that a report carries with it, so that dropping the file on the window brings them back.
//
// An HTML report has them as JSON in <script type="application/json" id="pare">, a PDF as the
// attached file pare.json:
// {"pare": "report", "schema": 1, "project": "news.pare", "chosen": [ids, one for each model and data],
// "runs": [as `pare run --json` prints them], "notes": {id: {"note", "tags", "pinned", "colour"}},
// "withoutLayers": N, "withoutRuns": N}. Free functions; any thread.
#pragma once

#include "app/report/facts.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

inline constexpr int embeddedSchema = 1;
inline constexpr auto embeddedFileName = "pare.json";
inline constexpr std::size_t embeddedLimit = 3'000'000; ///< bytes, so that a report stays light

/// One line of JSON, ASCII only. Where all would be longer than `limit` bytes, runs that are neither
/// chosen nor on the front lose the records of their layers, then all do, then the last runs go.
std::string embeddedJson(const ReportFacts &facts, std::size_t limit = embeddedLimit);

/// What such a document becomes within HTML: nothing in it can end the element or open another.
std::string scriptElement(const std::string &json);

struct EmbeddedReport
{
    std::string project;
    std::vector<std::string> chosen; ///< ids, one for each model and data
    std::vector<Run> runs;
    RunNotes notes;                 ///< of those of which a person said something
    std::int64_t withoutLayers = 0; ///< runs whose layers were left out
    std::int64_t withoutRuns = 0;   ///< runs that were left out
};

/// From the content of an HTML or PDF report; `name` opens the messages. Throws InvalidFile where
/// there are none or they are broken, Unsupported where a newer Pare wrote them.
EmbeddedReport embeddedReport(std::string_view file, const std::string &name);

/// The same of a file. Throws Io as well.
EmbeddedReport readEmbeddedReport(const std::filesystem::path &file);

} // namespace pare

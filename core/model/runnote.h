// What a person says about a run; a value, which may change where runs may not.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace pare {

struct RunNote
{
    std::string text = {};
    std::vector<std::string> tags = {};
    bool deleted = false;    ///< hidden, can be shown again
    bool pinned = false;     ///< always named on the chart, and first in the table
    std::string colour = {}; ///< of its point, "#0072b2"; empty: that of its family

    bool operator==(const RunNote &) const = default;
};

/// By the run's id.
using RunNotes = std::map<std::string, RunNote>;

/// What was said of a run before and after one action.
struct NoteChange
{
    RunNote before;
    RunNote after;

    bool operator==(const NoteChange &) const = default;
};

/// By the run's id.
using NoteChanges = std::map<std::string, NoteChange>;

/// Of that run; nothing said where there is none.
inline RunNote noteOf(const RunNotes &notes, const std::string &id)
{
    const auto found = notes.find(id);
    return found == notes.end() ? RunNote() : found->second;
}

} // namespace pare

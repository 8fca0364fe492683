// The runs of a project and what people say about them.
//
// Owned by Project and on its thread. Throws SQLite's and the JSON library's exceptions, which
// Project translates, and Error.
#pragma once

#include "core/model/run.h"
#include "core/project/answerstore.h"
#include "core/project/filereferences.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Statement;
}

namespace pare {

/// What a person says about a run.
struct RunNote
{
    std::string text;
    std::vector<std::string> tags;
    bool deleted = false; ///< hidden, can be shown again

    bool operator==(const RunNote &) const = default;
};

class RunStore
{
public:
    RunStore(SQLite::Database &database, FileReferences files);

    /// As Project's functions.
    bool append(const Run &run, const RunAnswers &answers);
    bool has(std::string_view id) const;
    std::vector<Run> all() const;
    /// Those whose id is `idOrPrefix`, or else begins with it; at most two.
    std::vector<Run> beginningWith(std::string_view idOrPrefix) const;
    std::optional<RunAnswers> answersOf(const std::string &id) const { return m_answers.of(id); }
    std::map<std::string, RunNote> notes() const;
    void setNote(std::string_view id, const RunNote &note);

private:
    Run runFrom(SQLite::Statement &row) const;

    SQLite::Database *m_database;
    FileReferences m_files;
    AnswerStore m_answers;
};

} // namespace pare

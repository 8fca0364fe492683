// The runs of a project and what people say about them.
//
// Owned by Project and on its thread. Throws SQLite's and the JSON library's exceptions, which
// Project translates, and Error.
#pragma once

#include "core/model/run.h"
#include "core/model/runnote.h"
#include "core/project/answerstore.h"
#include "core/project/filereferences.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Statement;
}

namespace pare {

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
    RunNotes notes() const;
    /// Within the caller's transaction.
    void setNote(std::string_view id, const RunNote &note);

private:
    Run runFrom(SQLite::Statement &row) const;

    SQLite::Database *m_database;
    FileReferences m_files;
    AnswerStore m_answers;
};

} // namespace pare

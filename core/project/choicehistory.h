// The choices of a project and what was said of its runs, revision by revision: only ever added to,
// with a pointer to the current one.
//
// Owned by Project and on its thread. Throws SQLite's and the JSON library's exceptions, which
// Project translates, and Error.
#pragma once

#include "core/model/choices.h"
#include "core/model/runnote.h"
#include "core/project/filereferences.h"

#include <optional>
#include <string>
#include <vector>

namespace pare {

class ChoiceHistory
{
public:
    ChoiceHistory(SQLite::Database &database, FileReferences files);

    /// False, and nothing is stored, if `choices` are current already.
    bool append(const Choices &choices);
    /// A revision of the current choices in which these things were said of runs. Within the
    /// caller's transaction.
    void append(const NoteChanges &changes);
    Choices current() const;
    Choices at(std::int64_t revision) const;
    /// What was said of runs in the current revision, or in any; mostly nothing.
    NoteChanges notesOfCurrent() const;
    NoteChanges notesOf(std::int64_t revision) const;
    /// What undo leads to.
    std::optional<std::int64_t> previous() const;
    /// What redo leads to: of several changes of the current revision the newest.
    std::optional<std::int64_t> next() const;
    /// Of those that led to the current one, the last in which that model was chosen.
    std::optional<std::int64_t> lastOf(const std::string &model) const;
    /// Those that were chosen on the way to the current one, the first chosen first. Absolute.
    std::vector<std::string> models() const;
    void moveTo(std::int64_t revision);

private:
    std::optional<std::int64_t> currentId() const;
    std::optional<std::int64_t> neighbour(const char *query) const;
    std::int64_t insert(const Choices &choices, std::optional<std::int64_t> parent);

    SQLite::Database *m_database;
    FileReferences m_files;
};

} // namespace pare

// The project file NAME.pare: choices with their history, runs, and what people say about them.
//
// A Project belongs to one thread at a time: Document's, or a command's. Its functions throw Error:
// InvalidFile for a file that is damaged or no project, Unsupported for one of another version,
// Busy while another writes, Io for what the system refuses, and for every change while it is open
// read-only. A change is on the disk when its function returns.
#pragma once

#include "core/project/choicehistory.h"
#include "core/project/exportstore.h"
#include "core/project/filereferences.h"
#include "core/project/projectlock.h"
#include "core/project/runstore.h"
#include "core/project/schema.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

enum class Access {
    ReadWrite, ///< one at a time, window and command line alike
    ReadOnly,  ///< as many as like, beside a writer too
};

class Project
{
public:
    /// Makes a new file, which appears complete, and opens it for writing. Io if there is one
    /// already. Another `schema` than the current one serves tests.
    static Project create(const std::filesystem::path &path, Schema schema = currentSchema());

    /// An older file is brought to this version, after a copy NAME.pare.backup-VERSION was made
    /// beside it (for writing only: read-only, it is refused). A newer one is refused with both
    /// versions.
    static Project open(const std::filesystem::path &path, Access access,
                        Schema schema = currentSchema());

    ~Project();
    Project(Project &&) noexcept;
    Project &operator=(Project &&) noexcept;

    /// Absolute.
    const std::filesystem::path &path() const { return m_path; }
    Access access() const { return m_access; }

    /// A whole copy at `path`, where it replaces what is there. Busy if that is a project somebody
    /// writes to.
    void copyTo(const std::filesystem::path &path) const;

    /// Makes `choices` current. False, and nothing is stored, if they are already. After an undo,
    /// what was undone is no longer reached by redo, but stays in the file.
    bool appendRevision(const Choices &choices);
    /// Nothing chosen in a new project. Paths are absolute.
    Choices currentChoices() const;
    /// The last that led to the current ones with that model chosen; nothing: there are none.
    std::optional<Choices> lastChoicesOf(const std::string &model) const;
    /// That were chosen on the way to the current choices, the first chosen first. Absolute.
    std::vector<std::string> models() const;
    bool canUndo() const;
    bool canRedo() const;
    /// Return the choices that are current then. InvalidSetting where there is nothing to undo or
    /// redo.
    /// What was said of runs in the revision that is left, or entered again, is said as it was then.
    Choices undo();
    Choices redo();
    /// What they would lead to; nothing where there is nothing to undo or redo.
    std::optional<Choices> choicesBefore() const;
    std::optional<Choices> choicesAfter() const;
    /// What undo would say otherwise of runs, and redo would say again; empty: it changes choices, or
    /// there is none.
    NoteChanges notesToUndo() const;
    NoteChanges notesToRedo() const;

    /// Stores a finished run and what was answered in it, all or nothing. False if a run of that id
    /// is there: the stored one stays as it is.
    bool appendRun(const Run &run, const RunAnswers &answers = {});
    bool hasRun(std::string_view id) const;
    /// All of them, deleted ones too, in the order of arrival. Paths are absolute.
    std::vector<Run> runs() const;
    /// By id or by the beginning of one. InvalidSetting if several begin so.
    std::optional<Run> findRun(std::string_view idOrPrefix) const;
    /// Nothing where none were kept: in runs of earlier versions, and where they are longer than a
    /// project may hold (16 MB). Logits are rounded to half precision.
    std::optional<RunAnswers> answersOf(const std::string &runId) const;

    /// Stores what was found of a written file; its record's run is left out. InvalidSetting where its
    /// run is not there.
    void appendExport(const KeptExport &kept);
    /// All of them, in the order of arrival.
    std::vector<KeptExport> exports() const;

    /// By the run's id; only of runs about which something was said.
    RunNotes runNotes() const;
    /// Replaces what was said of these runs, all or nothing, as one revision that undo takes back.
    /// False, and nothing is stored, if all that was said already. InvalidSetting if there is no
    /// such run.
    bool setRunNotes(const RunNotes &notes);

    /// What was last noted of a model or data file; nothing: not known.
    std::optional<FileIdentity> fileIdentity(const std::string &path) const;
    void setFileIdentity(const std::string &path, const FileIdentity &identity);

private:
    std::optional<Choices> choicesAt(std::optional<std::int64_t> revision) const;
    Project(std::filesystem::path path, std::unique_ptr<SQLite::Database> database,
            std::optional<ProjectLock> lock);

    static Project openForWriting(const std::filesystem::path &path, Schema schema);
    static Project openForReading(const std::filesystem::path &path, Schema schema);

    void requireWritable() const;

    std::filesystem::path m_path;
    Access m_access;
    std::optional<ProjectLock>
        m_lock; ///< stands before the connection: released after it is closed
    std::unique_ptr<SQLite::Database> m_database;
    FileReferences m_files;
    ChoiceHistory m_history;
    RunStore m_runs;
    ExportStore m_exports;
};

} // namespace pare

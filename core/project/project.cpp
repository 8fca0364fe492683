#include "core/project/project.h"

#include "core/base/error.h"
#include "core/project/messages.h"
#include "core/project/projectfile.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace pare {

namespace {

namespace fs = std::filesystem;

std::unique_ptr<SQLite::Database> connection(const fs::path &path, Connection kind)
{
    return std::make_unique<SQLite::Database>(connected(path, kind));
}

/// Before the lock file is made: nobody wants one beside a photograph.
void checkBeforeLocking(const fs::path &path, Schema schema)
{
    try {
        SQLite::Database database = connected(path, Connection::ReadOnly);
        checkIdentity(database, path, schema);
    } catch (const SQLite::Exception &error) {
        if (!needsRecovery(error))
            throw;
    }
}

void requireFree(const fs::path &path)
{
    if (fs::exists(fs::symlink_status(path)))
        throw Error(ErrorKind::Io, messages::projectExists, path);
}

} // namespace

Project::Project(fs::path path, std::unique_ptr<SQLite::Database> database,
                 std::optional<ProjectLock> lock)
    : m_path(std::move(path))
    , m_access(lock ? Access::ReadWrite : Access::ReadOnly)
    , m_lock(std::move(lock))
    , m_database(std::move(database))
    , m_files(*m_database, m_path)
    , m_history(*m_database, m_files)
    , m_runs(*m_database, m_files)
    , m_exports(*m_database, m_path)
{}

Project::~Project() = default;
Project::Project(Project &&) noexcept = default;
Project &Project::operator=(Project &&) noexcept = default;

Project Project::create(const fs::path &path, Schema schema)
{
    return translated(path, [&] {
        const fs::path settled = settledPath(path);
        if (!fs::is_directory(settled.parent_path()))
            throw Error(ErrorKind::Io, messages::projectNoFolder, settled.parent_path());
        requireFree(settled);
        ProjectLock lock(settled);
        requireFree(settled); // made meanwhile by whoever had the lock
        createProjectFile(settled, schema);
        return Project(settled, connection(settled, Connection::ReadWrite), std::move(lock));
    });
}

Project Project::open(const fs::path &path, Access access, Schema schema)
{
    return translated(path, [&] {
        const fs::path located = locatedProject(path);
        return access == Access::ReadWrite ? openForWriting(located, schema)
                                           : openForReading(located, schema);
    });
}

Project Project::openForWriting(const fs::path &path, Schema schema)
{
    checkBeforeLocking(path, schema);
    ProjectLock lock(path);
    auto database = connection(path, Connection::ReadWrite);
    if (isReadOnly(*database))
        throw Error(ErrorKind::Io, messages::projectCannotWrite, path, std::strerror(EACCES));
    checkIdentity(*database, path, schema);
    checkHealth(*database, path);
    migrateProjectFile(*database, path, schema);
    return Project(path, std::move(database), std::move(lock));
}

Project Project::openForReading(const fs::path &path, Schema schema)
{
    auto database = connection(path, Connection::ReadOnly);
    try {
        applicationId(*database);
    } catch (const SQLite::Exception &error) {
        if (!needsRecovery(error))
            throw;
        recoverProjectFile(path);
    }
    checkIdentity(*database, path, schema);
    checkHealth(*database, path);
    if (schemaVersion(*database) < std::ssize(schema))
        database = migratedCopy(*database, schema);
    return Project(path, std::move(database), std::nullopt);
}

void Project::copyTo(const fs::path &path) const
{
    translated(path, [&] {
        const fs::path settled = settledPath(path);
        if (!fs::is_directory(settled.parent_path()))
            throw Error(ErrorKind::Io, messages::projectNoFolder, settled.parent_path());
        const ProjectLock lock(settled);
        copyProjectFile(*m_database, settled);
    });
}

bool Project::appendRevision(const Choices &choices)
{
    requireWritable();
    return translated(m_path, [&] { return m_history.append(choices); });
}

Choices Project::currentChoices() const
{
    return translated(m_path, [&] { return m_history.current(); });
}

std::optional<Choices> Project::lastChoicesOf(const std::string &model) const
{
    return translated(m_path, [&] { return choicesAt(m_history.lastOf(model)); });
}

std::vector<std::string> Project::models() const
{
    return translated(m_path, [&] { return m_history.models(); });
}

bool Project::canUndo() const
{
    return translated(m_path, [&] { return m_history.previous().has_value(); });
}

bool Project::canRedo() const
{
    return translated(m_path, [&] { return m_history.next().has_value(); });
}

Choices Project::undo()
{
    requireWritable();
    return translated(m_path, [&] {
        const auto revision = m_history.previous();
        if (!revision)
            throw Error(ErrorKind::InvalidSetting, messages::projectNothingToUndo, m_path);
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        for (const auto &[run, change] : m_history.notesOfCurrent())
            m_runs.setNote(run, change.before);
        m_history.moveTo(*revision);
        transaction.commit();
        return m_history.current();
    });
}

Choices Project::redo()
{
    requireWritable();
    return translated(m_path, [&] {
        const auto revision = m_history.next();
        if (!revision)
            throw Error(ErrorKind::InvalidSetting, messages::projectNothingToRedo, m_path);
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        for (const auto &[run, change] : m_history.notesOf(*revision))
            m_runs.setNote(run, change.after);
        m_history.moveTo(*revision);
        transaction.commit();
        return m_history.current();
    });
}

std::optional<Choices> Project::choicesBefore() const
{
    return translated(m_path, [&] { return choicesAt(m_history.previous()); });
}

std::optional<Choices> Project::choicesAfter() const
{
    return translated(m_path, [&] { return choicesAt(m_history.next()); });
}

std::optional<Choices> Project::choicesAt(std::optional<std::int64_t> revision) const
{
    return revision ? std::optional(m_history.at(*revision)) : std::nullopt;
}

NoteChanges Project::notesToUndo() const
{
    return translated(m_path, [&] { return m_history.notesOfCurrent(); });
}

NoteChanges Project::notesToRedo() const
{
    return translated(m_path, [&] {
        const auto revision = m_history.next();
        return revision ? m_history.notesOf(*revision) : NoteChanges();
    });
}

bool Project::appendRun(const Run &run, const RunAnswers &answers)
{
    requireWritable();
    return translated(m_path, [&] { return m_runs.append(run, answers); });
}

bool Project::hasRun(std::string_view id) const
{
    return translated(m_path, [&] { return m_runs.has(id); });
}

std::vector<Run> Project::runs() const
{
    return translated(m_path, [&] { return m_runs.all(); });
}

std::optional<Run> Project::findRun(std::string_view idOrPrefix) const
{
    if (idOrPrefix.empty())
        return std::nullopt;
    std::vector<Run> found = translated(m_path, [&] { return m_runs.beginningWith(idOrPrefix); });
    if (found.size() > 1)
        throw Error(ErrorKind::InvalidSetting, messages::runAmbiguous, m_path, idOrPrefix);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<RunAnswers> Project::answersOf(const std::string &runId) const
{
    return translated(m_path, [&] { return m_runs.answersOf(runId); });
}

void Project::appendExport(const KeptExport &kept)
{
    requireWritable();
    if (!kept.run.empty() && !hasRun(kept.run))
        throw Error(ErrorKind::InvalidSetting, messages::runMissing, m_path, kept.run);
    translated(m_path, [&] { m_exports.append(kept); });
}

std::vector<KeptExport> Project::exports() const
{
    return translated(m_path, [&] { return m_exports.all(); });
}

RunNotes Project::runNotes() const
{
    return translated(m_path, [&] { return m_runs.notes(); });
}

bool Project::setRunNotes(const RunNotes &notes)
{
    requireWritable();
    return translated(m_path, [&] {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        const RunNotes said = m_runs.notes();
        NoteChanges changes;
        for (const auto &[run, note] : notes) {
            const RunNote before = noteOf(said, run);
            if (note == before && m_runs.has(run))
                continue;
            m_runs.setNote(run, note);
            changes[run] = {before, note};
        }
        if (changes.empty())
            return false;
        m_history.append(changes);
        transaction.commit();
        return true;
    });
}

std::optional<FileIdentity> Project::fileIdentity(const std::string &path) const
{
    return translated(m_path, [&] {
        const auto id = m_files.find(path);
        return id ? m_files.identity(*id) : std::nullopt;
    });
}

void Project::setFileIdentity(const std::string &path, const FileIdentity &identity)
{
    requireWritable();
    translated(m_path, [&] {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        m_files.setIdentity(m_files.idOf(path), identity);
        transaction.commit();
    });
}

void Project::requireWritable() const
{
    if (m_access == Access::ReadOnly)
        throw Error(ErrorKind::Io, messages::projectReadOnly, m_path);
}

} // namespace pare

#include "core/project/projectfile.h"

#include "core/base/error.h"
#include "core/project/messages.h"
#include "core/project/projectlock.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Exception.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace pare {

namespace {

namespace fs = std::filesystem;

/// A file that is removed, with its journal, unless it got its final name. Its own name is always
/// the same, so that one which a killed process left is removed too; the lock keeps others away
/// from it.
class TemporaryDatabase
{
public:
    explicit TemporaryDatabase(const fs::path &beside)
        : m_path(beside)
    {
        m_path += ".part";
        remove();
    }
    ~TemporaryDatabase() { remove(); }
    TemporaryDatabase(const TemporaryDatabase &) = delete;
    TemporaryDatabase &operator=(const TemporaryDatabase &) = delete;

    const fs::path &path() const { return m_path; }

    void rename(const fs::path &final)
    {
        std::error_code error;
        fs::rename(m_path, final, error);
        if (error)
            throw Error(ErrorKind::Io, messages::projectCannotWrite, final, error.message());
        syncFolder(final.parent_path());
    }

private:
    void remove() const
    {
        std::error_code ignored;
        fs::remove(m_path, ignored);
        fs::remove(m_path.string() + "-journal", ignored);
    }

    /// So that the new name survives a power cut. Some file systems cannot; the file is complete
    /// either way.
    static void syncFolder(const fs::path &folder)
    {
        const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0)
            return;
        ::fsync(descriptor);
        ::close(descriptor);
    }

    fs::path m_path;
};

/// NAME.pare.backup-1, or -1-2 and so on where somebody has kept one.
fs::path freeBackupPath(const fs::path &path, std::int64_t version)
{
    const std::string base = path.string() + ".backup-" + std::to_string(version);
    fs::path candidate = base;
    for (int i = 2; fs::exists(candidate); ++i)
        candidate = base + "-" + std::to_string(i);
    return candidate;
}

} // namespace

fs::path locatedProject(const fs::path &path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        throw Error(ErrorKind::Io, messages::projectMissing, path);
    if (status.type() == fs::file_type::none)
        throw Error(ErrorKind::Io, messages::projectCannotRead, path, error.message());
    if (status.type() != fs::file_type::regular)
        throw Error(ErrorKind::InvalidFile, messages::projectNotAFile, path);
    if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0)
        throw Error(ErrorKind::Io, messages::projectCannotRead, path, std::strerror(errno));
    if (fs::file_size(path, error) == 0)
        throw Error(ErrorKind::InvalidFile, messages::projectEmpty, path);
    return fs::canonical(path);
}

void createProjectFile(const fs::path &path, Schema schema)
{
    TemporaryDatabase temporary(path);
    {
        SQLite::Database database = connected(temporary.path(), Connection::Create);
        database.exec("PRAGMA application_id = " + std::to_string(projectApplicationId));
        applySchema(database, schema);
    }
    temporary.rename(path);
}

void recoverProjectFile(const fs::path &path)
{
    const ProjectLock lock(path);
    SQLite::Database database = connected(path, Connection::ReadWrite);
    applicationId(database); // any read rolls the journal back
}

void copyProjectFile(SQLite::Database &database, const fs::path &to)
{
    TemporaryDatabase temporary(to);
    {
        // Through SQLite, not as bytes: closing any other descriptor of the file would drop its
        // locks.
        SQLite::Database copy = connected(temporary.path(), Connection::Create);
        if (SQLite::Backup(copy, database).executeStep() != SQLITE_DONE)
            throw Error(ErrorKind::Busy, messages::projectBusy, fs::path(database.getFilename()));
    }
    temporary.rename(to);
}

void migrateProjectFile(SQLite::Database &database, const fs::path &path, Schema schema)
{
    const std::int64_t version = schemaVersion(database);
    if (version >= std::ssize(schema))
        return;
    copyProjectFile(database, freeBackupPath(path, version));
    applySchema(database, schema);
}

std::unique_ptr<SQLite::Database> migratedCopy(SQLite::Database &database, Schema schema)
{
    auto copy = std::make_unique<SQLite::Database>(connected(":memory:", Connection::Create));
    if (SQLite::Backup(*copy, database).executeStep() != SQLITE_DONE)
        throw Error(ErrorKind::Busy, messages::projectBusy, fs::path(database.getFilename()));
    applySchema(*copy, schema);
    return copy;
}

} // namespace pare

#include "core/project/database.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/project/messages.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <string_view>

#include <nlohmann/json.hpp>
#include <sqlite3.h>

namespace pare {

namespace {

constexpr int busyTimeoutMs = 5000;
constexpr int jsonInvalidUtf8 = 316; // the only way in which writing JSON fails

int flagsOf(Connection connection)
{
    switch (connection) {
    case Connection::ReadOnly:
        return SQLite::OPEN_READONLY;
    case Connection::ReadWrite:
        return SQLite::OPEN_READWRITE;
    case Connection::Create:
        return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    }
    return SQLite::OPEN_READONLY;
}

/// SQLite puts a heading above what it found.
std::string_view lastLine(std::string_view text)
{
    return text.substr(text.rfind('\n') + 1);
}

[[noreturn]] void throwTranslated(const std::filesystem::path &path, const SQLite::Exception &error)
{
    switch (error.getErrorCode()) {
    case SQLITE_NOTADB:
        throw Error(ErrorKind::InvalidFile, messages::projectNotADatabase, path);
    case SQLITE_ERROR: // a table or column is not there
    case SQLITE_CORRUPT:
    case SQLITE_SCHEMA:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
        throw Error(ErrorKind::InvalidFile, messages::projectDamaged, path, error.what());
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Error(ErrorKind::Busy, messages::projectBusy, path);
    case SQLITE_FULL:
        throw Error(ErrorKind::Io, messages::projectFull, path);
    case SQLITE_TOOBIG:
        throw Error(ErrorKind::InvalidFile, messages::projectTooLong, path, longestText);
    case SQLITE_NOMEM:
        throw Error(ErrorKind::NotEnoughMemory, messages::projectNoMemory, path);
    case SQLITE_READONLY:
        throw Error(ErrorKind::Io, messages::projectCannotWrite, path, error.what());
    default:
        throw Error(ErrorKind::Io, messages::projectRefused, path, error.what());
    }
}

} // namespace

SQLite::Database connected(const std::filesystem::path &path, Connection connection)
{
    SQLite::Database database(path.string(), flagsOf(connection), busyTimeoutMs);
    sqlite3_limit(database.getHandle(), SQLITE_LIMIT_LENGTH, longestText);
    database.exec(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON");
    if (connection != Connection::ReadOnly) {
        // EXTRA is FULL that also syncs the folder after the journal is gone: without it a power
        // cut could bring the journal back, and with it the state before a run that was already
        // reported as stored.
        database.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
    }
    return database;
}

bool isReadOnly(SQLite::Database &database)
{
    return sqlite3_db_readonly(database.getHandle(), "main") != 0;
}

void checkIdentity(SQLite::Database &database, const std::filesystem::path &path, Schema schema)
{
    if (applicationId(database) != projectApplicationId)
        throw Error(ErrorKind::InvalidFile, messages::projectOtherDatabase, path);
    const std::int64_t version = schemaVersion(database);
    if (version > std::ssize(schema))
        throw Error(ErrorKind::Unsupported, messages::projectNewer, path, version, schema.size());
    if (version < 1)
        throw Error(ErrorKind::InvalidFile, messages::projectDamaged, path, "no version");
}

void checkHealth(SQLite::Database &database, const std::filesystem::path &path)
{
    const std::string verdict = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (verdict != "ok")
        throw Error(ErrorKind::InvalidFile, messages::projectDamaged, path, lastLine(verdict));
    // Ours has neither; one that has them could make a harmless SELECT do anything.
    constexpr auto strangers =
        "SELECT count(*) FROM sqlite_schema WHERE type IN ('view', 'trigger')";
    if (database.execAndGet(strangers).getInt() != 0)
        throw Error(ErrorKind::InvalidFile, messages::projectDamaged, path, "views or triggers");
    for (const char *table : {"files", "revisions", "runs", "run_notes"})
        database.exec(std::string("SELECT 1 FROM ") + table + " LIMIT 0");
    if (database.execAndGet("SELECT count(*) FROM state WHERE id = 1").getInt() != 1)
        throw Error(ErrorKind::InvalidFile, messages::projectDamaged, path, "no state");
}

void rethrowTranslated(const std::filesystem::path &path)
{
    try {
        throw;
    } catch (const SQLite::Exception &error) {
        throwTranslated(path, error);
    } catch (const nlohmann::json::exception &error) {
        if (error.id == jsonInvalidUtf8)
            throw Error(ErrorKind::InvalidSetting, messages::projectText, path);
        throw Error(ErrorKind::InvalidFile, messages::projectDamaged, path, reasonOf(error));
    } catch (const std::filesystem::filesystem_error &error) {
        throw Error(ErrorKind::Io, messages::projectRefused, path, error.code().message());
    }
}

bool needsRecovery(const SQLite::Exception &error)
{
    const int code = error.getExtendedErrorCode();
    return code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY;
}

} // namespace pare

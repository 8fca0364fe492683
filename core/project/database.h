// The connection to a project file: its settings, its checks, and SQLite's errors put into ours.
#pragma once

#include "core/project/schema.h"

#include <SQLiteCpp/Database.h>

#include <filesystem>

namespace pare {

/// The longest text a project may hold, in bytes: it bounds what a hostile file can make us
/// allocate.
inline constexpr int longestText = 16'000'000;

enum class Connection { ReadOnly, ReadWrite, Create };

/// Waits up to 5 s for others; foreign keys on, rollback journal. Throws SQLite::Exception.
SQLite::Database connected(const std::filesystem::path &path, Connection connection);
/// SQLite opens a file for reading where the system refuses writing.
bool isReadOnly(SQLite::Database &database);

/// Throws InvalidFile unless `database` is a project of a version this schema knows.
void checkIdentity(SQLite::Database &database, const std::filesystem::path &path, Schema schema);
/// Throws InvalidFile if pages or tables are damaged. Reads the whole file once.
void checkHealth(SQLite::Database &database, const std::filesystem::path &path);

/// Rethrows the exception being handled: SQLite's and the JSON library's as Error, others as they
/// are.
[[noreturn]] void rethrowTranslated(const std::filesystem::path &path);

/// The result of `function`; what it throws about `path` leaves as Error.
template <class Function>
auto translated(const std::filesystem::path &path, Function &&function)
{
    try {
        return function();
    } catch (...) {
        rethrowTranslated(path);
    }
}

/// Whether the exception is about a journal that a killed writer left and a reader may not roll
/// back.
bool needsRecovery(const SQLite::Exception &error);

} // namespace pare

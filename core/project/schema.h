// The tables of a project, as numbered steps: new files and old ones run the same.
#pragma once

#include <cstdint>
#include <span>

namespace SQLite {
class Database;
}

namespace pare {

/// Step i (from 0) takes a file from version i to i + 1; its SQL never changes once released.
using Schema = std::span<const char *const>;

/// What this Pare reads and writes.
Schema currentSchema();

/// "PARE"; tells `file` and us that a SQLite database is a project.
inline constexpr std::int64_t projectApplicationId = 0x50415245;

std::int64_t applicationId(SQLite::Database &database);
std::int64_t schemaVersion(SQLite::Database &database);

/// Runs the steps that `database` has not seen, each in one transaction that also counts the
/// version.
void applySchema(SQLite::Database &database, Schema schema);

} // namespace pare

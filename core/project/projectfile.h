// The file of a project as a whole: found, made, checked, brought to the current version.
#pragma once

#include "core/project/database.h"

#include <filesystem>
#include <memory>

namespace pare {

/// Where `path` really is. Io if there is nothing or it may not be read, InvalidFile if it is no
/// file.
std::filesystem::path locatedProject(const std::filesystem::path &path);

/// Builds a project under a temporary name and renames it. The caller holds the lock.
void createProjectFile(const std::filesystem::path &path, Schema schema);

/// Rolls back what a killed writer left behind, if nobody is writing.
void recoverProjectFile(const std::filesystem::path &path);

/// Writes a whole, consistent copy, which appears complete and replaces what is at `to`.
void copyProjectFile(SQLite::Database &database, const std::filesystem::path &to);

/// Copies an older project to NAME.pare.backup-VERSION, then runs the steps it lacks. The caller
/// holds the lock. Does nothing to a current one.
void migrateProjectFile(SQLite::Database &database, const std::filesystem::path &path,
                        Schema schema);
/// A project of an older version as it would be in today's, in memory: whoever only reads changes no
/// file.
std::unique_ptr<SQLite::Database> migratedCopy(SQLite::Database &database, Schema schema);

} // namespace pare

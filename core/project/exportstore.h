// What was found of the files that weights were written to, in the project file.
//
// Owned by Project and on its thread. Throws SQLite's and the JSON library's exceptions, which
// Project translates, and Error.
#pragma once

#include "core/model/exportrecord.h"

#include <filesystem>
#include <vector>

namespace SQLite {
class Database;
}

namespace pare {

class ExportStore
{
public:
    ExportStore(SQLite::Database &database, std::filesystem::path project);

    /// Its record without the run, which the project has.
    void append(const KeptExport &kept);
    /// In the order of arrival. Throws InvalidFile for what cannot be read.
    std::vector<KeptExport> all() const;

private:
    SQLite::Database *m_database;
    std::filesystem::path m_project;
};

} // namespace pare

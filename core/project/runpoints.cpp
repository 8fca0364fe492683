#include "core/project/runpoints.h"

#include "core/project/database.h"
#include "core/project/projectfile.h"

#include <SQLiteCpp/Statement.h>

namespace pare {

std::vector<RunPoint> runPoints(const std::filesystem::path &path)
{
    const std::filesystem::path located = locatedProject(path);
    return translated(located, [&] {
        SQLite::Database database = connected(located, Connection::ReadOnly);
        checkIdentity(database, located, currentSchema());
        SQLite::Statement rows(database,
                               "SELECT runs.bytes, runs.value FROM runs "
                               "LEFT JOIN run_notes ON run_notes.run = runs.id "
                               "WHERE runs.value IS NOT NULL AND runs.bytes > 0 "
                               "AND coalesce(run_notes.deleted, 0) = 0 "
                               "AND (runs.model, runs.data) IN "
                               "(SELECT model, data FROM runs ORDER BY number DESC LIMIT 1) "
                               "ORDER BY runs.number DESC LIMIT 500");
        std::vector<RunPoint> points;
        while (rows.executeStep())
            points.push_back({rows.getColumn(0).getDouble(), rows.getColumn(1).getDouble()});
        return points;
    });
}

} // namespace pare

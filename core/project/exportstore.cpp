#include "core/project/exportstore.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/project/messages.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <new>
#include <utility>

#include <nlohmann/json.hpp>

namespace pare {

namespace {

ExportRecord parsedRecord(const std::string &document, std::int64_t number,
                          const std::filesystem::path &project)
{
    try {
        return exportRecordFromJson(parsedJson(document));
    } catch (const std::bad_alloc &) {
        throw;
    } catch (const std::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::projectExport, project, number, error.what());
    }
}

} // namespace

ExportStore::ExportStore(SQLite::Database &database, std::filesystem::path project)
    : m_database(&database)
    , m_project(std::move(project))
{}

void ExportStore::append(const KeptExport &kept)
{
    ExportRecord record = kept.record;
    record.run.reset();
    SQLite::Statement insert(*m_database, "INSERT INTO exports (run, time, file, passed, document) "
                                          "VALUES (?, ?, ?, ?, ?)");
    if (!kept.run.empty())
        insert.bind(1, kept.run);
    insert.bind(2, kept.time);
    insert.bind(3, validUtf8(kept.file));
    insert.bind(4, record.parity && record.parity->passed() ? 1 : 0);
    insert.bind(5, toJson(record).dump());
    insert.exec();
}

std::vector<KeptExport> ExportStore::all() const
{
    std::vector<KeptExport> exports;
    SQLite::Statement rows(*m_database,
                           "SELECT number, run, time, file, document FROM exports ORDER BY number");
    while (rows.executeStep()) {
        KeptExport &kept = exports.emplace_back();
        kept.run = rows.getColumn(1).isNull() ? std::string() : rows.getColumn(1).getString();
        kept.time = rows.getColumn(2).getString();
        kept.file = rows.getColumn(3).getString();
        kept.record =
            parsedRecord(rows.getColumn(4).getString(), rows.getColumn(0).getInt64(), m_project);
    }
    return exports;
}

} // namespace pare

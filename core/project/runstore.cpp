#include "core/project/runstore.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/project/messages.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <cmath>
#include <new>
#include <utility>

#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

Run parsedRun(const std::string &document, const std::string &id,
              const std::filesystem::path &project)
{
    try {
        return runFromJson(parsedJson(document));
    } catch (const std::bad_alloc &) {
        throw;
    } catch (const std::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::projectRun, project, id, error.what());
    }
}

} // namespace

RunStore::RunStore(SQLite::Database &database, FileReferences files)
    : m_database(&database)
    , m_files(std::move(files))
    , m_answers(database, m_files.project())
{}

bool RunStore::append(const Run &run, const RunAnswers &answers)
{
    if (run.id.empty())
        throw Error(ErrorKind::InvalidSetting, messages::runIdEmpty, m_files.project());
    const std::string document = toJson(run).dump();
    parsedRun(document, run.id,
              m_files.project()); // what cannot be read again is refused, not stored

    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    if (has(run.id))
        return false;
    SQLite::Statement insert(
        *m_database, "INSERT INTO runs (id, time, model, data, bytes, metric, value, document) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, run.id);
    insert.bind(2, run.time);
    insert.bind(3, m_files.idOf(run.modelPath));
    insert.bind(4, m_files.idOf(run.dataPath));
    insert.bind(5, run.measured.bytes);
    insert.bind(6, run.primaryMetric);
    const auto primary = run.measured.metrics.find(run.primaryMetric);
    if (primary != run.measured.metrics.end() && !std::isnan(primary->second.value))
        insert.bind(7, primary->second.value);
    insert.bind(8, document);
    insert.exec();
    if (!answers.empty())
        m_answers.append(run, answers);
    transaction.commit();
    return true;
}

bool RunStore::has(std::string_view id) const
{
    SQLite::Statement row(*m_database, "SELECT 1 FROM runs WHERE id = ?");
    row.bind(1, std::string(id));
    return row.executeStep();
}

std::vector<Run> RunStore::all() const
{
    std::vector<Run> runs;
    SQLite::Statement rows(*m_database,
                           "SELECT document, model, data, id FROM runs ORDER BY number");
    while (rows.executeStep())
        runs.push_back(runFrom(rows));
    return runs;
}

std::vector<Run> RunStore::beginningWith(std::string_view idOrPrefix) const
{
    std::vector<Run> runs;
    // Characters, not LIKE: an id is no pattern. The whole id sorts before the longer ones.
    SQLite::Statement rows(*m_database, "SELECT document, model, data, id, id = ?1 FROM runs "
                                        "WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 2");
    rows.bind(1, std::string(idOrPrefix));
    while (rows.executeStep()) {
        runs.push_back(runFrom(rows));
        if (rows.getColumn(4).getInt() == 1)
            break;
    }
    return runs;
}

RunNotes RunStore::notes() const
{
    RunNotes notes;
    SQLite::Statement rows(*m_database,
                           "SELECT run, note, tags, deleted, pinned, colour FROM run_notes");
    while (rows.executeStep()) {
        RunNote &note = notes[rows.getColumn(0).getString()];
        note.text = rows.getColumn(1).getString();
        note.tags = Json::parse(rows.getColumn(2).getString()).get<std::vector<std::string>>();
        note.deleted = rows.getColumn(3).getInt() != 0;
        note.pinned = rows.getColumn(4).getInt() != 0;
        note.colour = rows.getColumn(5).getString();
    }
    return notes;
}

void RunStore::setNote(std::string_view id, const RunNote &note)
{
    if (firstInvalidUtf8(note.text) || firstInvalidUtf8(note.colour))
        throw Error(ErrorKind::InvalidSetting, messages::projectText, m_files.project());
    if (!has(id))
        throw Error(ErrorKind::InvalidSetting, messages::runMissing, m_files.project(), id);
    if (note == RunNote()) { // nothing is said any more
        SQLite::Statement remove(*m_database, "DELETE FROM run_notes WHERE run = ?");
        remove.bind(1, std::string(id));
        remove.exec();
        return;
    }
    SQLite::Statement insert(*m_database, "INSERT OR REPLACE INTO run_notes "
                                          "(run, note, tags, deleted, pinned, colour) "
                                          "VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(1, std::string(id));
    insert.bind(2, note.text);
    insert.bind(3, Json(note.tags).dump());
    insert.bind(4, note.deleted ? 1 : 0);
    insert.bind(5, note.pinned ? 1 : 0);
    insert.bind(6, note.colour);
    insert.exec();
}

Run RunStore::runFrom(SQLite::Statement &row) const
{
    Run run =
        parsedRun(row.getColumn(0).getString(), row.getColumn(3).getString(), m_files.project());
    run.modelPath = m_files.pathOf(row.getColumn(1).getInt64());
    run.dataPath = m_files.pathOf(row.getColumn(2).getInt64());
    return run;
}

} // namespace pare

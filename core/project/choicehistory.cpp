#include "core/project/choicehistory.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/project/messages.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <ctime>
#include <new>
#include <utility>

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

/// The current revision and those that led to it, as a table `line`.
constexpr auto wayHere =
    "WITH RECURSIVE line (id, parent, model) AS ("
    "SELECT id, parent, model FROM revisions "
    "WHERE id = (SELECT revision FROM state) UNION ALL "
    "SELECT before.id, before.parent, before.model FROM revisions AS before "
    "JOIN line ON before.id = line.parent AND before.id < line.id) ";

Recipe wholeRecipe(const Choices &choices)
{
    Recipe recipe;
    for (const ChosenStep &chosen : choices.steps)
        recipe.steps.push_back(chosen.step);
    return recipe;
}

std::string switchedOff(const Choices &choices)
{
    Json places = Json::array();
    for (std::size_t i = 0; i < choices.steps.size(); ++i) {
        if (!choices.steps[i].enabled)
            places.push_back(i);
    }
    return places.dump();
}

std::vector<ChosenStep> stepsFrom(const std::string &recipe, const std::string &switchedOff)
{
    std::vector<ChosenStep> steps;
    for (Step &step : recipeFromJson(recipe, "recipe").steps)
        steps.push_back({std::move(step), true});
    for (const Json &place : Json::parse(switchedOff))
        steps.at(place.get<std::size_t>()).enabled = false;
    return steps;
}

std::string noteJson(const RunNote &note)
{
    Json json{{"note", note.text}, {"tags", note.tags}, {"deleted", note.deleted}};
    if (note.pinned)
        json["pinned"] = true;
    if (!note.colour.empty())
        json["colour"] = note.colour;
    return json.dump();
}

RunNote noteFrom(const std::string &text)
{
    const Json json = Json::parse(text);
    return {json.at("note").get<std::string>(), json.at("tags").get<std::vector<std::string>>(),
            json.at("deleted").get<bool>(), json.value("pinned", false),
            json.value("colour", std::string())};
}

/// UTC, ISO 8601.
std::string currentTime()
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

Choices settled(Choices choices)
{
    for (std::string *path : {&choices.modelPath, &choices.dataPath, &choices.calibrationPath}) {
        if (!path->empty())
            *path = settledPath(*path).string();
    }
    return choices;
}

} // namespace

ChoiceHistory::ChoiceHistory(SQLite::Database &database, FileReferences files)
    : m_database(&database)
    , m_files(std::move(files))
{}

bool ChoiceHistory::append(const Choices &choices)
{
    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    if (settled(choices) == current())
        return false;
    moveTo(insert(choices, currentId()));
    transaction.commit();
    return true;
}

void ChoiceHistory::append(const NoteChanges &changes)
{
    const Choices choices = current();
    auto parent = currentId();
    if (!parent)
        parent = insert(choices, std::nullopt); // or undo would lead nowhere
    const std::int64_t revision = insert(choices, parent);
    for (const auto &[run, change] : changes) {
        SQLite::Statement row(*m_database,
                              "INSERT INTO note_changes (revision, run, before, after) "
                              "VALUES (?, ?, ?, ?)");
        row.bind(1, revision);
        row.bind(2, run);
        row.bind(3, noteJson(change.before));
        row.bind(4, noteJson(change.after));
        row.exec();
    }
    moveTo(revision);
}

NoteChanges ChoiceHistory::notesOfCurrent() const
{
    const auto id = currentId();
    return id ? notesOf(*id) : NoteChanges();
}

NoteChanges ChoiceHistory::notesOf(std::int64_t revision) const
{
    NoteChanges changes;
    SQLite::Statement rows(*m_database,
                           "SELECT run, before, after FROM note_changes WHERE revision = ?");
    rows.bind(1, revision);
    while (rows.executeStep()) {
        try {
            changes[rows.getColumn(0).getString()] = {noteFrom(rows.getColumn(1).getString()),
                                                      noteFrom(rows.getColumn(2).getString())};
        } catch (const nlohmann::json::exception &error) {
            throw Error(ErrorKind::InvalidFile, messages::projectRevision, m_files.project(),
                        revision, reasonOf(error));
        }
    }
    return changes;
}

Choices ChoiceHistory::current() const
{
    const auto id = currentId();
    return id ? at(*id) : Choices{};
}

std::optional<std::int64_t> ChoiceHistory::previous() const
{
    return neighbour("SELECT parent FROM revisions WHERE id = (SELECT revision FROM state)");
}

std::optional<std::int64_t> ChoiceHistory::next() const
{
    return neighbour("SELECT max(id) FROM revisions WHERE parent = (SELECT revision FROM state)");
}

std::optional<std::int64_t> ChoiceHistory::lastOf(const std::string &model) const
{
    const auto file = m_files.find(model);
    if (!file)
        return std::nullopt;
    SQLite::Statement row(*m_database,
                          wayHere + std::string("SELECT max(id) FROM line WHERE model = ?"));
    row.bind(1, *file);
    if (!row.executeStep() || row.getColumn(0).isNull())
        return std::nullopt;
    return row.getColumn(0).getInt64();
}

std::vector<std::string> ChoiceHistory::models() const
{
    SQLite::Statement rows(*m_database,
                           wayHere + std::string("SELECT model FROM line WHERE model IS NOT NULL "
                                                 "GROUP BY model ORDER BY min(id)"));
    std::vector<std::string> paths;
    while (rows.executeStep())
        paths.push_back(m_files.pathOf(rows.getColumn(0).getInt64()));
    return paths;
}

void ChoiceHistory::moveTo(std::int64_t revision)
{
    SQLite::Statement update(*m_database, "UPDATE state SET revision = ?");
    update.bind(1, revision);
    update.exec();
}

std::optional<std::int64_t> ChoiceHistory::currentId() const
{
    return neighbour("SELECT revision FROM state");
}

std::optional<std::int64_t> ChoiceHistory::neighbour(const char *query) const
{
    SQLite::Statement row(*m_database, query);
    if (!row.executeStep() || row.getColumn(0).isNull())
        return std::nullopt;
    return row.getColumn(0).getInt64();
}

Choices ChoiceHistory::at(std::int64_t revision) const
{
    SQLite::Statement row(*m_database,
                          "SELECT model, data, calibration, recipe, switched_off, seed, threads, "
                          "calibration_examples FROM revisions WHERE id = ?");
    row.bind(1, revision);
    Choices choices;
    if (!row.executeStep())
        return choices;
    const auto path = [&](int column) {
        const SQLite::Column id = row.getColumn(column);
        return id.isNull() ? std::string() : m_files.pathOf(id.getInt64());
    };
    choices.modelPath = path(0);
    choices.dataPath = path(1);
    choices.calibrationPath = path(2);
    try {
        choices.steps = stepsFrom(row.getColumn(3).getString(), row.getColumn(4).getString());
    } catch (const std::bad_alloc &) {
        throw;
    } catch (const std::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::projectRevision, m_files.project(), revision,
                    error.what());
    }
    choices.seed = static_cast<std::uint64_t>(row.getColumn(5).getInt64());
    choices.threads = row.getColumn(6).getInt();
    choices.calibrationExamples = row.getColumn(7).getInt();
    return choices;
}

std::int64_t ChoiceHistory::insert(const Choices &choices, std::optional<std::int64_t> parent)
{
    SQLite::Statement insert(
        *m_database, "INSERT INTO revisions (parent, time, model, data, calibration, recipe, "
                     "switched_off, seed, threads, calibration_examples) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (parent)
        insert.bind(1, *parent);
    insert.bind(2, currentTime());
    int column = 3;
    for (const std::string &path : {choices.modelPath, choices.dataPath, choices.calibrationPath}) {
        if (!path.empty())
            insert.bind(column, m_files.idOf(path));
        ++column;
    }
    insert.bind(6, toJson(wholeRecipe(choices)).dump());
    insert.bind(7, switchedOff(choices));
    insert.bind(8, static_cast<std::int64_t>(choices.seed));
    insert.bind(9, choices.threads);
    insert.bind(10, choices.calibrationExamples);
    insert.exec();
    return m_database->getLastInsertRowid();
}

} // namespace pare

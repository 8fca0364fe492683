#include "core/project/answerstore.h"

#include "core/base/error.h"
#include "core/base/half.h"
#include "core/project/database.h"
#include "core/project/messages.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

void appendBytes(std::string &bytes, std::uint32_t value, int count)
{
    for (int i = 0; i < count; ++i)
        bytes += static_cast<char>(value >> (8 * i) & 0xff);
}

std::uint32_t numberAt(std::string_view bytes, std::size_t offset, int count)
{
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
        value |= static_cast<std::uint32_t>(
                     static_cast<unsigned char>(bytes[offset + static_cast<std::size_t>(i)]))
                 << (8 * i);
    return value;
}

std::string classBytes(const std::vector<std::int32_t> &classes)
{
    std::string bytes;
    bytes.reserve(classes.size() * 4);
    for (const std::int32_t index : classes)
        appendBytes(bytes, static_cast<std::uint32_t>(index), 4);
    return bytes;
}

std::string logitBytes(const std::vector<float> &logits)
{
    std::string bytes;
    bytes.reserve(logits.size() * 2);
    for (const float logit : logits)
        appendBytes(bytes, halfBits(logit), 2);
    return bytes;
}

void bindBlob(SQLite::Statement &statement, int index, const std::string &bytes)
{
    statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

/// Whether every part is short enough for a project.
bool fits(const RunAnswers &answers)
{
    const std::size_t longest =
        std::max(answers.data.gold.size() * 4, answers.run.logits.size() * 2);
    return longest < static_cast<std::size_t>(longestText);
}

/// Reads what a project file says, which need not be what was written.
class Reader
{
public:
    Reader(std::filesystem::path project, std::string run)
        : m_project(std::move(project))
        , m_run(std::move(run))
    {}

    AnsweredData data(const SQLite::Statement &row, int first)
    {
        AnsweredData data;
        data.hash = row.getColumn(first).getString();
        data.labelNames =
            Json::parse(row.getColumn(first + 1).getString()).get<std::vector<std::string>>();
        m_labels = data.labelNames.size();
        data.gold = classes(row.getColumn(first + 2).getString());
        m_examples = data.gold.size();
        if (m_examples == 0)
            throw damaged("no examples");
        return data;
    }

    ModelAnswers model(const SQLite::Statement &row, int first) const
    {
        ModelAnswers answers;
        answers.predicted = classes(row.getColumn(first).getString());
        if (answers.predicted.size() != m_examples)
            throw damaged(
                fmt::format("{} answers to {} examples", answers.predicted.size(), m_examples));
        const std::string bytes = row.getColumn(first + 1).getString();
        if (bytes.size() != m_examples * m_labels * 2)
            throw damaged(fmt::format("{} bytes of logits, {} expected", bytes.size(),
                                      m_examples * m_labels * 2));
        answers.logits.resize(m_examples * m_labels);
        for (std::size_t i = 0; i < answers.logits.size(); ++i) {
            answers.logits[i] = halfValue(static_cast<std::uint16_t>(numberAt(bytes, 2 * i, 2)));
            if (!std::isfinite(answers.logits[i]))
                throw damaged("a logit that is no number");
        }
        return answers;
    }

private:
    std::vector<std::int32_t> classes(const std::string &bytes) const
    {
        if (bytes.size() % 4 != 0)
            throw damaged("half a class");
        std::vector<std::int32_t> classes(bytes.size() / 4);
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const std::uint32_t index = numberAt(bytes, 4 * i, 4);
            if (index >= m_labels)
                throw damaged(fmt::format("class {} of {}", index, m_labels));
            classes[i] = static_cast<std::int32_t>(index);
        }
        return classes;
    }

    Error damaged(const std::string &what) const
    {
        return Error(ErrorKind::InvalidFile, messages::projectAnswers, m_project, m_run, what);
    }

    std::filesystem::path m_project;
    std::string m_run;
    std::size_t m_labels = 0;
    std::size_t m_examples = 0;
};

} // namespace

AnswerStore::AnswerStore(SQLite::Database &database, std::filesystem::path project)
    : m_database(&database)
    , m_project(std::move(project))
{}

void AnswerStore::append(const Run &run, const RunAnswers &answers)
{
    assert(answers.run.predicted.size() == answers.data.gold.size());
    assert(answers.original.logits.size() == answers.run.logits.size());
    if (!fits(answers))
        return;
    const std::int64_t data = dataRow(answers.data);
    const std::int64_t original = originalRow(run.modelHash, data, answers.original);
    SQLite::Statement insert(*m_database,
                             "INSERT INTO answers (run, data, original, predicted, logits) "
                             "VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, run.id);
    insert.bind(2, data);
    insert.bind(3, original);
    bindBlob(insert, 4, classBytes(answers.run.predicted));
    bindBlob(insert, 5, logitBytes(answers.run.logits));
    insert.exec();
}

std::optional<RunAnswers> AnswerStore::of(const std::string &runId) const
{
    SQLite::Statement row(
        *m_database,
        "SELECT d.hash, d.labels, d.gold, a.predicted, a.logits, o.predicted, o.logits "
        "FROM answers a JOIN answered_data d ON d.id = a.data "
        "JOIN original_answers o ON o.id = a.original WHERE a.run = ?");
    row.bind(1, runId);
    if (!row.executeStep())
        return std::nullopt;
    Reader reader(m_project, runId);
    RunAnswers answers;
    answers.data = reader.data(row, 0);
    answers.run = reader.model(row, 3);
    answers.original = reader.model(row, 5);
    return answers;
}

std::int64_t AnswerStore::dataRow(const AnsweredData &data)
{
    const std::string labels = Json(data.labelNames).dump();
    SQLite::Statement insert(*m_database,
                             "INSERT OR IGNORE INTO answered_data (hash, labels, gold) "
                             "VALUES (?, ?, ?)");
    insert.bind(1, data.hash);
    insert.bind(2, labels);
    bindBlob(insert, 3, classBytes(data.gold));
    insert.exec();
    SQLite::Statement row(*m_database,
                          "SELECT id FROM answered_data WHERE hash = ? AND labels = ?");
    row.bind(1, data.hash);
    row.bind(2, labels);
    row.executeStep();
    return row.getColumn(0).getInt64();
}

std::int64_t AnswerStore::originalRow(const std::string &modelHash, std::int64_t data,
                                      const ModelAnswers &answers)
{
    const std::string predicted = classBytes(answers.predicted);
    const std::string logits = logitBytes(answers.logits);
    SQLite::Statement row(*m_database,
                          "SELECT id FROM original_answers WHERE model = ? AND data = ? "
                          "AND predicted = ? AND logits = ?");
    row.bind(1, modelHash);
    row.bind(2, data);
    bindBlob(row, 3, predicted);
    bindBlob(row, 4, logits);
    if (row.executeStep())
        return row.getColumn(0).getInt64();
    SQLite::Statement insert(*m_database,
                             "INSERT INTO original_answers (model, data, predicted, logits) "
                             "VALUES (?, ?, ?, ?)");
    insert.bind(1, modelHash);
    insert.bind(2, data);
    bindBlob(insert, 3, predicted);
    bindBlob(insert, 4, logits);
    insert.exec();
    return m_database->getLastInsertRowid();
}

} // namespace pare

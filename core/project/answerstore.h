// The answers of runs and of the originals beside them, in the project file.
//
// Owned by RunStore and on its thread. Throws SQLite's and the JSON library's exceptions, which
// Project translates, and Error.
#pragma once

#include "core/model/answers.h"
#include "core/model/run.h"

#include <filesystem>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace pare {

class AnswerStore
{
public:
    AnswerStore(SQLite::Database &database, std::filesystem::path project);

    /// Within the caller's transaction. What is longer than a project may hold is left out.
    void append(const Run &run, const RunAnswers &answers);
    /// Nothing: the run has none. Logits come back in half precision. Throws InvalidFile where
    /// sizes and classes do not fit each other.
    std::optional<RunAnswers> of(const std::string &runId) const;

private:
    std::int64_t dataRow(const AnsweredData &data);
    std::int64_t originalRow(const std::string &modelHash, std::int64_t data,
                             const ModelAnswers &answers);

    SQLite::Database *m_database;
    std::filesystem::path m_project;
};

} // namespace pare

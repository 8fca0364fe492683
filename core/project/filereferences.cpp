#include "core/project/filereferences.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/project/messages.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

namespace pare {

namespace {

/// Without "." and "..", and "model/" as "model".
std::filesystem::path normal(const std::filesystem::path &path)
{
    const std::filesystem::path whole = path.lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

/// "wordnet:test": data that is installed, not a file.
bool isSource(const std::filesystem::path &path)
{
    const std::string text = path.string();
    const std::size_t colon = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
    std::error_code ignored;
    return colon > 1 && colon < text.size() && text[colon] == ':' &&
           !std::filesystem::exists(path, ignored);
}

} // namespace

FileReferences::FileReferences(SQLite::Database &database, std::filesystem::path project)
    : m_database(&database)
    , m_project(std::move(project))
{}

std::int64_t FileReferences::idOf(const std::string &path)
{
    if (firstInvalidUtf8(path))
        throw Error(ErrorKind::InvalidSetting, messages::projectInvalidPath, path);
    const std::filesystem::path absolute = settledPath(path);
    if (const auto known = find(path)) {
        SQLite::Statement update(*m_database,
                                 "UPDATE files SET absolute = ?2 WHERE id = ?1 AND absolute != ?2");
        update.bind(1, *known);
        update.bind(2, absolute.string());
        update.exec();
        return *known;
    }
    SQLite::Statement insert(*m_database, "INSERT INTO files (relative, absolute) VALUES (?, ?)");
    const std::string relative =
        absolute.lexically_relative(m_project.parent_path()).generic_string();
    if (!relative.empty())
        insert.bind(1, relative);
    insert.bind(2, absolute.string());
    insert.exec();
    return m_database->getLastInsertRowid();
}

std::optional<std::int64_t> FileReferences::find(const std::string &path) const
{
    const std::filesystem::path absolute = settledPath(path);
    SQLite::Statement rows(*m_database, "SELECT id, relative, absolute FROM files ORDER BY id");
    while (rows.executeStep()) {
        if (resolved(rows.getColumn(1).getString(), rows.getColumn(2).getString()) == absolute)
            return rows.getColumn(0).getInt64();
    }
    return std::nullopt;
}

std::string FileReferences::pathOf(std::int64_t id) const
{
    SQLite::Statement row(*m_database, "SELECT relative, absolute FROM files WHERE id = ?");
    row.bind(1, id);
    if (!row.executeStep())
        return {};
    return resolved(row.getColumn(0).getString(), row.getColumn(1).getString()).string();
}

void FileReferences::setIdentity(std::int64_t id, const FileIdentity &identity)
{
    SQLite::Statement update(*m_database, "UPDATE files SET size = ?2, hash = ?3 WHERE id = ?1");
    update.bind(1, id);
    update.bind(2, identity.size);
    update.bind(3, identity.hash);
    update.exec();
}

std::optional<FileIdentity> FileReferences::identity(std::int64_t id) const
{
    SQLite::Statement row(*m_database,
                          "SELECT size, hash FROM files WHERE id = ? AND hash IS NOT NULL");
    row.bind(1, id);
    if (!row.executeStep())
        return std::nullopt;
    return FileIdentity{row.getColumn(0).getInt64(), row.getColumn(1).getString()};
}

std::filesystem::path FileReferences::resolved(const std::string &relative,
                                               const std::string &absolute) const
{
    std::error_code ignored;
    if (relative.empty())
        return absolute;
    std::filesystem::path beside = normal(m_project.parent_path() / relative);
    if (std::filesystem::exists(beside, ignored) || !std::filesystem::exists(absolute, ignored))
        return beside;
    return absolute;
}

std::filesystem::path settledPath(const std::filesystem::path &path)
{
    if (path.empty() || isSource(path))
        return path;
    const std::filesystem::path whole = normal(std::filesystem::absolute(path));
    return std::filesystem::weakly_canonical(whole.parent_path()) / whole.filename();
}

} // namespace pare

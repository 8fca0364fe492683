// How a project refers to models and data: where they are, never what is in them.
//
// A file is found again when the project moves together with it (by the path between them) and when
// the project moves alone (by the absolute path).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace pare {

/// What a file was when somebody last looked into it.
struct FileIdentity
{
    std::int64_t size = 0; ///< bytes
    std::string hash;

    bool operator==(const FileIdentity &) const = default;
};

/// The references of one project file; owned by Project. Throws SQLite::Exception.
class FileReferences
{
public:
    FileReferences(SQLite::Database &database, std::filesystem::path project);

    /// The project file itself, absolute.
    const std::filesystem::path &project() const { return m_project; }

    /// The row of the file at `path`, made if there is none. Throws InvalidSetting if it is not
    /// UTF-8.
    std::int64_t idOf(const std::string &path);
    std::optional<std::int64_t> find(const std::string &path) const;

    /// Absolute; where neither way leads to a file, the one it was referred to by.
    std::string pathOf(std::int64_t id) const;

    void setIdentity(std::int64_t id, const FileIdentity &identity);
    std::optional<FileIdentity> identity(std::int64_t id) const;

private:
    std::filesystem::path resolved(const std::string &relative, const std::string &absolute) const;

    SQLite::Database *m_database;
    std::filesystem::path m_project;
};

/// Absolute, without "." and "..", links in its folder followed; a path's own name stays. What is
/// no path stays as it is: an empty one, and the name of installed data such as "wordnet:test".
std::filesystem::path settledPath(const std::filesystem::path &path);

} // namespace pare

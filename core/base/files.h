// Files as a whole: read with a limit, written so that they appear complete or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace pare {

/// The content of a regular file. Throws Io if it cannot be read, InvalidFile if it is a folder or
/// longer than `limit` bytes (checked before anything is allocated).
std::string readFile(const std::filesystem::path &path, std::uint64_t limit = 1u << 30);

/// Writes beside `path`, syncs, renames. Throws Io; the file that was there before stays then.
void writeFile(const std::filesystem::path &path, std::string_view content);

/// Makes the folders that `file` is to lie in, where they are not there. Throws Io.
void makeParentFolders(const std::filesystem::path &file);

/// Before long work: throws what writing `file` would, as far as it can be known from another file, which
/// is gone again when this returns.
void checkWritable(const std::filesystem::path &file);
/// The same for a folder and those above it, which need not be there yet.
void checkWritableFolder(const std::filesystem::path &folder);

/// A file that is being written under a temporary name; gone unless commit() was reached.
class PendingFile
{
public:
    explicit PendingFile(std::filesystem::path path);
    ~PendingFile();
    PendingFile(const PendingFile &) = delete;
    PendingFile &operator=(const PendingFile &) = delete;

    void write(std::span<const std::byte> bytes);
    void write(std::string_view text);
    /// Syncs and renames to the final name.
    void commit();

private:
    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// A read-only mapping of a whole regular file; lives until destroyed, can be shared between
/// threads. The file must not shrink meanwhile.
class MappedFile
{
public:
    explicit MappedFile(std::filesystem::path path);
    ~MappedFile();
    MappedFile(const MappedFile &) = delete;
    MappedFile &operator=(const MappedFile &) = delete;

    const std::filesystem::path &path() const { return m_path; }
    std::span<const std::byte> bytes() const { return m_bytes; }

    /// Lets go of the memory that holds pages read so far; they are read again when they are
    /// needed.
    void releasePages() const;

private:
    std::filesystem::path m_path;
    std::span<const std::byte> m_bytes;
};

/// The folder for derived data of this user: $XDG_CACHE_HOME/pare or ~/.cache/pare (created).
std::filesystem::path cacheFolder();

} // namespace pare

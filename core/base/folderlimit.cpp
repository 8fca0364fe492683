#include "core/base/folderlimit.h"

#include "core/base/numbers.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

namespace {

namespace fs = std::filesystem;

/// A file of the folder, written by whomever; also one whose writer was killed.
struct KeptFile
{
    fs::path path;
    std::uint64_t bytes;
    fs::file_time_type used;
};

std::vector<KeptFile> filesIn(const fs::path &folder)
{
    std::vector<KeptFile> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code gone; // another process may be faster
        const std::uint64_t bytes = entry->file_size(gone);
        const fs::file_time_type used = gone ? fs::file_time_type() : entry->last_write_time(gone);
        if (!gone)
            files.push_back({entry->path(), bytes, used});
    }
    return files;
}

/// What a PendingFile (files.h) of a process that was killed left: NAME.partPID.
bool isAbandoned(const fs::path &path)
{
    constexpr std::string_view mark = ".part";
    const std::string extension = path.extension().string();
    if (!extension.starts_with(mark))
        return false;
    const auto process = parseInteger(std::string_view(extension).substr(mark.size()));
    return process && *process > 0 && ::kill(static_cast<pid_t>(*process), 0) != 0 &&
           errno == ESRCH;
}

void removeAbandoned(const fs::path &folder)
{
    for (const KeptFile &file : filesIn(folder)) {
        std::error_code ignored;
        if (isAbandoned(file.path))
            fs::remove(file.path, ignored);
    }
}

} // namespace

void keepNewest(const fs::path &folder, std::uint64_t limit)
{
    removeAbandoned(folder);
    std::vector<KeptFile> files = filesIn(folder);
    std::ranges::sort(files, {}, &KeptFile::used);
    std::uint64_t bytes = 0;
    for (const KeptFile &file : files)
        bytes += file.bytes;
    for (const KeptFile &file : files) {
        if (bytes <= limit)
            break;
        std::error_code ignored;
        fs::remove(file.path, ignored);
        bytes -= file.bytes;
    }
}

} // namespace pare

#include "core/compression/statisticsstore.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/tensor.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace pare {

namespace {

namespace fs = std::filesystem;

constexpr auto checkName = "check";

/// Of the key as well, so that a file that was renamed is another's.
std::string checkOf(const std::string &key, const StatisticsStore::Tensors &tensors)
{
    Hasher hasher;
    hasher.add(key);
    for (const auto &[name, tensor] : tensors) {
        hasher.add(name).add(c10::toString(tensor.scalar_type()));
        for (const std::int64_t size : tensor.sizes())
            hasher.add(size);
        hasher.add(bytesOf(tensor));
    }
    return hasher.hex();
}

StatisticsStore::Tensors contiguous(StatisticsStore::Tensors tensors)
{
    for (auto &[name, tensor] : tensors)
        tensor = tensor.contiguous();
    return tensors;
}

std::uint64_t bytesOfAll(const StatisticsStore::Tensors &tensors)
{
    std::uint64_t bytes = 0;
    for (const auto &[name, tensor] : tensors)
        bytes += tensor.nbytes();
    return bytes;
}

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

} // namespace

StatisticsStore::StatisticsStore(fs::path folder, std::uint64_t limit)
    : m_folder(std::move(folder))
    , m_limit(limit)
{}

std::optional<StatisticsStore> StatisticsStore::ofUser()
{
    try {
        return StatisticsStore(cacheFolder() / "statistics");
    } catch (const Error &) {
        return std::nullopt;
    }
}

fs::path StatisticsStore::fileOf(const std::string &key) const
{
    return m_folder / (key + ".safetensors");
}

std::optional<StatisticsStore::Tensors> StatisticsStore::find(const std::string &key) const
{
    const fs::path path = fileOf(key);
    try {
        const auto file = std::make_shared<const SafetensorsFile>(path);
        Tensors tensors;
        for (const SafetensorsEntry &entry : file->tensors())
            tensors.emplace(entry.name, toTensor(file, entry).clone());
        const auto check = file->metadata().find(checkName);
        if (check == file->metadata().end() || check->second != checkOf(key, tensors))
            return std::nullopt;
        std::error_code ignored;
        fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
        return tensors;
    } catch (const Error &) {
        return std::nullopt;
    }
}

void StatisticsStore::keep(const std::string &key, const Tensors &tensors) const
{
    if (bytesOfAll(tensors) > m_limit)
        return;
    try {
        std::error_code ignored;
        fs::create_directories(m_folder, ignored);
        const Tensors kept = contiguous(tensors);
        writeSafetensors(fileOf(key), kept, {{checkName, checkOf(key, kept)}});
    } catch (const Error &) {
        // Then it is computed again the next time.
    }
}

void StatisticsStore::keepToLimit() const
{
    std::vector<KeptFile> files = filesIn(m_folder);
    std::ranges::sort(files, {}, &KeptFile::used);
    std::uint64_t bytes = 0;
    for (const KeptFile &file : files)
        bytes += file.bytes;
    for (const KeptFile &file : files) {
        if (bytes <= m_limit)
            break;
        std::error_code ignored;
        fs::remove(file.path, ignored);
        bytes -= file.bytes;
    }
}

} // namespace pare

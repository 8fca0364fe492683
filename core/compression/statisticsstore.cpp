#include "core/compression/statisticsstore.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folderlimit.h"
#include "core/base/hash.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/tensor.h"

#include <memory>

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
    keepNewest(m_folder, m_limit);
}

} // namespace pare

// Keeps what calibration data said about a model between runs of the program: a folder of
// safetensors files named by what they follow from, with a limit.
//
// All of it can be made again, so nothing here ever fails: what is not there, was cut short or
// altered counts as absent, and what cannot be written is not kept. Any number of threads and
// processes may share a folder, and be killed: a file appears complete or not at all.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace pare {

class StatisticsStore
{
public:
    using Tensors = std::map<std::string, at::Tensor>;

    /// `limit` in bytes, of all files together.
    explicit StatisticsStore(std::filesystem::path folder, std::uint64_t limit = 2'000'000'000);

    /// In the user's cache folder; nothing where there can be none.
    static std::optional<StatisticsStore> ofUser();

    /// What was kept under `key` (hexadecimal digits), bit for bit, in memory of its own.
    std::optional<Tensors> find(const std::string &key) const;

    /// What is larger than the limit is not kept. The limit holds again after keepToLimit().
    void keep(const std::string &key, const Tensors &tensors) const;

    /// Lets go of what was used longest ago until the rest keeps to the limit.
    void keepToLimit() const;

private:
    std::filesystem::path fileOf(const std::string &key) const;

    std::filesystem::path m_folder;
    std::uint64_t m_limit;
};

} // namespace pare

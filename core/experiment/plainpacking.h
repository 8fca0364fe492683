// A packed export unpacked by FORMAT.md alone, plainly and slowly: what an export is held against.
// Shares nothing with what packs one. Immutable; any one thread at a time.
#pragma once

#include "core/base/files.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace pare {

class PlainPacking
{
public:
    /// Maps the file. Throws Io, InvalidFile for what no safetensors file is.
    explicit PlainPacking(const std::filesystem::path &path);

    bool has(const std::string &tensor) const { return m_header.contains(tensor); }
    /// How a layer is packed; nullptr: as a tensor of its own name, or not at all.
    const nlohmann::ordered_json *packingOf(const std::string &layer) const;
    /// A factor that `description` tells of, float32 [out, in] or [width]. Throws InvalidFile.
    at::Tensor factor(const nlohmann::ordered_json &description, const std::string &prefix) const;
    /// A tensor as it is, float32 of its shape. Throws InvalidFile.
    at::Tensor tensor(const std::string &name) const;
    /// Whole numbers of four bytes. Throws InvalidFile.
    std::vector<std::int64_t> indices(const std::string &name) const;
    /// Tensors that nobody asked for.
    std::vector<std::string> unread() const;

    void releasePages() const { m_file.releasePages(); }

    /// The bytes of a tensor; `dtype` as the file calls it. Throws InvalidFile where it is missing, or
    /// shorter than `least` bytes.
    struct Raw
    {
        std::span<const std::byte> bytes;
        std::string dtype;
    };
    Raw raw(const std::string &name, std::int64_t least = 0) const;

private:
    MappedFile m_file;
    std::uint64_t m_begin = 0;
    nlohmann::ordered_json m_header;
    nlohmann::ordered_json m_packing;
    mutable std::set<std::string> m_read;
};

} // namespace pare

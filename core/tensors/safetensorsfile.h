// A safetensors file that is mapped into memory, never copied: its tensors and what it says about
// itself.
//
// Immutable once open; can be read from any thread. Tensors over it (tensor.h) share its ownership.
#pragma once

#include "core/base/files.h"
#include "core/tensors/safetensorsheader.h"

#include <span>

namespace pare {

class SafetensorsFile
{
public:
    /// Opens and checks the whole file but the numbers in it, before anything is allocated for
    /// them. Throws Io, InvalidFile, or Unsupported (see parsedSafetensorsHeader()).
    explicit SafetensorsFile(const std::filesystem::path &path);

    const std::filesystem::path &path() const { return m_file.path(); }
    /// In the order in which they lie in the file.
    const std::vector<SafetensorsEntry> &tensors() const { return m_header.tensors; }
    const SafetensorsMetadata &metadata() const { return m_header.metadata; }
    /// nullptr where the file has no such tensor.
    const SafetensorsEntry *find(std::string_view name) const;
    /// The bytes of one of tensors(); little-endian, aligned only as the file happens to be.
    std::span<const std::byte> bytes(const SafetensorsEntry &entry) const;
    /// See MappedFile::releasePages().
    void releasePages() const { m_file.releasePages(); }
    /// Length of the whole file in bytes.
    std::uint64_t fileSize() const { return m_file.bytes().size(); }

private:
    MappedFile m_file;
    std::span<const std::byte> m_data;
    SafetensorsHeader m_header;
    std::vector<std::uint32_t> m_byName; ///< indices into tensors()
};

} // namespace pare

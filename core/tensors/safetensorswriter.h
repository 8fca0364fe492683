// Writes safetensors files, and says beforehand how long they will be.
#pragma once

#include "core/tensors/safetensorsheader.h"

#include <ATen/core/Tensor.h>
#include <filesystem>
#include <functional>
#include <span>

namespace pare {

/// What a file will hold, without its numbers. Tensors lie by element size, widest first, then by
/// name, and the header is padded to a multiple of 8 bytes, so that every tensor is aligned; the
/// same plan always gives the same bytes. Immutable.
class SafetensorsLayout
{
public:
    /// The offsets of `tensors` are ignored. Names must be unique and not "__metadata__".
    explicit SafetensorsLayout(std::vector<SafetensorsEntry> tensors,
                               const SafetensorsMetadata &metadata = {});

    /// In the order in which they are written, with their offsets.
    const std::vector<SafetensorsEntry> &tensors() const { return m_tensors; }
    /// The first bytes of the file: length, JSON, padding.
    const std::string &header() const { return m_header; }
    /// Length of the whole file in bytes.
    std::uint64_t fileSize() const;

private:
    std::vector<SafetensorsEntry> m_tensors;
    std::string m_header;
};

/// Called once per tensor, in the order of the layout; returns a tensor of that dtype and shape, or
/// throws (for instance Cancelled) to give up without a file.
using TensorProvider = std::function<at::Tensor(const SafetensorsEntry &)>;

/// Writes the file so that it appears complete or not at all. Only one tensor is asked for at a
/// time. Throws Io, NotEnoughMemory and what `provider` throws.
void writeSafetensors(const std::filesystem::path &path, const SafetensorsLayout &layout,
                      const TensorProvider &provider);

/// The same for tensors at hand, by name.
void writeSafetensors(const std::filesystem::path &path,
                      const std::map<std::string, at::Tensor> &tensors,
                      const SafetensorsMetadata &metadata = {});

} // namespace pare

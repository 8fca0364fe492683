// A TorchScript file that Pare wrote, opened for its numbers: a zip archive whose records are
// numbers, names and code; only code is compressed. Immutable; any thread may read it.
#pragma once

#include "core/base/files.h"
#include "core/checkpoint/scriptpickle.h"

#include <ATen/core/Tensor.h>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace pare {

/// The record of an archive that says how its layers are held, under "extra/": what "pare" is in the
/// metadata of a `model.safetensors` (modelfile.h).
inline constexpr auto scriptLayersRecord = "pare.json";

class ScriptArchive
{
public:
    /// Maps the file and reads its names. Code in it is not run. Throws Io, InvalidFile for archives that are
    /// damaged, Unsupported for one that Pare did not write.
    explicit ScriptArchive(const std::filesystem::path &path);

    const std::shared_ptr<const MappedFile> &file() const { return m_file; }
    const std::filesystem::path &path() const { return m_file->path(); }
    /// By name, as ScriptLayers names parameters.
    const std::map<std::string, PickledTensor> &tensors() const { return m_tensors; }
    /// Over the mapped bytes, which stay mapped as long as it lives.
    at::Tensor tensor(const std::string &name) const;
    /// How layers are held, JSON.
    std::string_view layers() const { return m_layers; }

private:
    struct Record
    {
        std::span<const std::byte> bytes;
        std::uint32_t checksum = 0;
        bool isPlain = true; ///< not compressed, as code is; bytes of others are not held
    };

    void readRecords();
    void checkTensors() const;
    /// Compared with its checksum.
    std::span<const std::byte> checkedRecord(const std::string &name) const;

    std::shared_ptr<const MappedFile> m_file;
    std::map<std::string, Record, std::less<>> m_records; ///< without the name of the archive
    std::map<std::string, PickledTensor> m_tensors;
    std::string_view m_layers;
};

} // namespace pare

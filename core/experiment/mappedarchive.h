// A TorchScript file as LibTorch reads it, without a copy of the numbers.
//
// LibTorch's own reading copies every tensor into memory, the whole model at once. Here it is told
// that long reads have happened, and once it has made of the file what it does, its tensors are laid
// over the mapped bytes it asked for. Belongs to whoever opened the file; one thread at a time.
#pragma once

#include "core/base/files.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>

namespace torch::jit {
struct Module;
}

namespace pare {

class MappedArchive
{
public:
    /// Throws Io.
    explicit MappedArchive(const std::filesystem::path &file);

    /// Its module, whose tensors must not be written into and keep the file mapped. Throws
    /// c10::Error for what LibTorch cannot read, InvalidFile where a long read was not of a tensor.
    torch::jit::Module load() const;

    /// See MappedFile::releasePages().
    void releasePages() const { m_file->releasePages(); }

private:
    std::shared_ptr<const MappedFile> m_file;
};

/// While it lives, the pages of `archive` are let go of after each operation that this thread asks
/// LibTorch for, so that a module runs without all of its weights in memory. One at a time.
class ReleasingPages
{
public:
    explicit ReleasingPages(const MappedArchive &archive);
    ~ReleasingPages();
    ReleasingPages(const ReleasingPages &) = delete;
    ReleasingPages &operator=(const ReleasingPages &) = delete;

private:
    std::uint64_t m_callback;
};

} // namespace pare

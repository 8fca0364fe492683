// Tensors whose numbers lie in a file instead of in memory, for as long as somebody holds them.
//
// The file has no name and goes with the last of its tensors. Belongs to whoever writes; any one
// thread.
#pragma once

#include "core/checkpoint/modelfile.h"

#include <ATen/core/Tensor.h>
#include <filesystem>
#include <memory>

namespace pare {

class ScratchTensors
{
public:
    /// In `folder`, which should have as much room as its tensors take; `between` is called after each
    /// of them. Throws Io.
    explicit ScratchTensors(const std::filesystem::path &folder, BetweenTensors between = {});

    /// The same numbers, read-only; few of them stay in memory. Throws Io.
    at::Tensor kept(const at::Tensor &values) const;

    /// Lets go of the memory that holds what was read of them so far.
    void releasePages() const;

private:
    class File;

    std::shared_ptr<File> m_file;
    BetweenTensors m_between;
};

} // namespace pare

// The tensors that the `data.pkl` of a TorchScript file names. Values; any thread.
//
// Such a file is a program for a small stack machine. Read is what LibTorch writes for a module
// that holds tensors and plain values: nothing of it is run, and what calls for anything but a tensor is
// refused.
#pragma once

#include "core/model/dtype.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace pare {

struct PickledTensor
{
    DType dtype = DType::Float32;
    std::string storage;    ///< which of the archive's records has its numbers: "17"
    std::int64_t count = 0; ///< of numbers, in the record as in the shape
    std::vector<std::int64_t> shape;
};

/// By the names of the module's attributes, those that are tensors: contiguous, each the whole of its
/// record. Throws InvalidFile, opened by `origin`, naming the byte at which something else stands.
std::map<std::string, PickledTensor> pickledTensors(std::span<const std::byte> pickle,
                                                    const std::string &origin);

} // namespace pare

// Bytes of a file as tensors, and tensors as bytes.
#pragma once

#include "core/tensors/safetensorsfile.h"

#include <ATen/core/Tensor.h>
#include <memory>

namespace pare {

/// The tensor over the mapped bytes, of the entry's dtype and shape; keeps the file mapped as long
/// as it lives. Copies only where the file does not align it. Read-only: writing into it is a
/// segmentation fault. Throws NotEnoughMemory.
at::Tensor toTensor(const std::shared_ptr<const SafetensorsFile> &file,
                    const SafetensorsEntry &entry);

/// The bytes of a contiguous tensor, as files hold them; valid as long as the tensor.
std::span<const std::byte> bytesOf(const at::Tensor &tensor);

} // namespace pare

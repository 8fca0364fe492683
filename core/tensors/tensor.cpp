#include "core/tensors/tensor.h"

#include "core/tensors/scalartype.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <cassert>
#include <cstring>

namespace pare {

at::Tensor toTensor(const std::shared_ptr<const SafetensorsFile> &file,
                    const SafetensorsEntry &entry)
{
    return translatingTorchErrors([&] {
        const auto options = at::TensorOptions(scalarTypeOf(entry.dtype));
        const std::span<const std::byte> bytes = file->bytes(entry);
        const auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
        if (bytes.empty())
            return at::empty(entry.shape, options);
        if (address % static_cast<std::uintptr_t>(sizeOf(entry.dtype)) != 0) {
            at::Tensor copy = at::empty(entry.shape, options);
            std::memcpy(copy.data_ptr(), bytes.data(), bytes.size());
            return copy;
        }
        return at::from_blob(
            const_cast<std::byte *>(bytes.data()), entry.shape, [file](void *) {}, options);
    });
}

std::span<const std::byte> bytesOf(const at::Tensor &tensor)
{
    assert(tensor.is_contiguous());
    if (tensor.numel() == 0)
        return {};
    return {static_cast<const std::byte *>(tensor.data_ptr()), tensor.nbytes()};
}

} // namespace pare

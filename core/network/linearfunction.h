// The linear layer of training as one function of autograd. Any thread; nobody owns it.
#pragma once

#include <ATen/core/Tensor.h>

namespace pare {

/// x Wᵀ + b: x [tokens, in], weight [out, in], bias [out] or undefined; float32, contiguous. The
/// three products (forward, gradient of x, gradient of the weight) are kernels' gemm().
at::Tensor trainedLinear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias);

} // namespace pare

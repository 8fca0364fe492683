// The linear layer of training as one function of autograd. Any thread; nobody owns it.
#pragma once

#include "core/network/kernels/kernelchoice.h"

#include <ATen/core/Tensor.h>
#include <vector>

namespace pare {

/// x Wᵀ + b: x [tokens, in], weight [out, in], bias [out] or undefined; float32, contiguous. The
/// three products (forward, gradient of x, gradient of the weight) are kernels' gemm().
///
/// BFloat16: x, the weight and the gradient of the result are rounded to bfloat16 (half to even)
/// before they are multiplied; sums, the result and all gradients are float32, and the bias and its
/// gradient are not rounded (mixed precision of Micikevicius et al. 2018; bfloat16 needs no scaling
/// of the loss). Between forward and backward the rounded x is kept in place of the exact one. Throws Error (Unsupported) where multipliesBFloat16() is false.
at::Tensor trainedLinear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                         TrainingPrecision precision = TrainingPrecision::Float32);

/// The same for up to three layers that see the same x, weights [out, in] of one shape, results side by
/// side: [tokens, layers · out]. Biases are all defined or all undefined.
at::Tensor trainedLinears(const at::Tensor &x, const std::vector<at::Tensor> &weights,
                          const std::vector<at::Tensor> &biases, TrainingPrecision precision);

} // namespace pare

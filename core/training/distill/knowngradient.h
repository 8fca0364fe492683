// Losses whose gradient is computed together with their value. Free functions; any thread.
//
// A formula of several operations leaves a tensor of each to the backward pass: for attention, one
// matrix per head and sequence. A loss is a scalar, so its gradient can be had at once, block by
// block, and only that is kept.
#pragma once

#include <ATen/core/Tensor.h>

namespace pare {

/// Whether a gradient with respect to `input` will be asked for.
bool wantsGradient(const at::Tensor &input);

/// `value` as a scalar of the input's type, whose gradient with respect to `input` is `gradient`
/// (of the input's shape; undefined where none is wanted). Not differentiable twice.
at::Tensor withGradient(const at::Tensor &input, double value, const at::Tensor &gradient);

} // namespace pare

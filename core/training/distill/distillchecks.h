// What the losses expect of their tensors. Free functions; any thread.
#pragma once

#include <ATen/core/Tensor.h>
#include <string>

namespace pare {

/// Throws InvalidSetting where the shapes differ; `what` names the tensors.
void checkEqualShapes(const char *what, const at::Tensor &student, const at::Tensor &teacher);

/// "[3, 4]", for messages.
std::string shapeText(const at::Tensor &tensor);

} // namespace pare

// A run's answers as plain values, for whoever keeps them. A free function; any thread.
#pragma once

#include "core/evaluation/encodeddata.h"
#include "core/model/answers.h"

#include <ATen/core/Tensor.h>
#include <string>

namespace pare {

/// `logits` and `originalLogits` are float32 [examples, labels] in the data's order; `dataHash` is
/// that of its content.
RunAnswers runAnswers(const EncodedData &data, const std::string &dataHash,
                      const at::Tensor &logits, const at::Tensor &originalLogits);

} // namespace pare

// How far a compressed model still answers as the uncompressed one does, right or wrong
// (Xu, Zhou, Ge, Xu, McAuley and Wei 2021, "Beyond Preserved Accuracy").
//
// Free functions without state; any thread.
#pragma once

#include "core/model/run.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <span>
#include <vector>

namespace pare {

/// The index of the largest logit of each row, the first among equals; `logits` float32 [examples,
/// labels].
std::vector<std::int64_t> predictedLabels(const at::Tensor &logits);

/// The share of examples whose predicted label is the original's, with its Wilson interval.
/// Both float32 [examples, labels], rows in the same order.
Interval labelLoyalty(const at::Tensor &logits, const at::Tensor &originalLogits);

/// The mean over examples of 1 − d(P, Q), where P and Q are the softmax of both models' logits and
/// d is the Jensen–Shannon distance to base 2, the root of the divergence: 1 for equal answers, 0
/// for certain and different ones. Both float32 [examples, labels], rows in the same order.
Interval probabilityLoyalty(const at::Tensor &logits, const at::Tensor &originalLogits);

/// Of two probability distributions of equal length; base 2, so 0…1.
double jensenShannonDistance(std::span<const double> p, std::span<const double> q);

} // namespace pare

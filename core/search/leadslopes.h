// How far each hidden state of a model matters to which of two answers it gives.
//
// A free function; on the thread that computes.
#pragma once

#include "core/base/progress.h"
#include "core/model/specification.h"
#include "core/network/packedbatch.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <vector>

namespace pare {

/// Two class indices; equal ones lead by nothing, whatever changes.
struct AnswerLead
{
    std::int64_t leader = 0;
    std::int64_t other = 0;
};

/// ∂(logit of the leader − logit of the other)/∂h of each sequence, in packed order, by the hidden states h at each border
/// of the blocks: float32 [tokens, width], those before block 0 first and those behind the last block last. One pass
/// back. Throws Error, Cancelled.
std::vector<at::Tensor> leadSlopes(const NetworkSpecification &specification,
                                   const ModelWeights &weights, const PackedBatch &batch,
                                   const std::vector<AnswerLead> &leads, Progress &progress);

} // namespace pare

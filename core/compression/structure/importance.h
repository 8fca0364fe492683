// How much of the task a head, a feed-forward unit or a block carries, measured on calibration
// data: what structured pruning ranks them by. Plain tensors, one for each block of the only stack,
// in its order. One thread at a time.
#pragma once

#include "core/base/progress.h"
#include "core/compression/calibration.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <vector>

namespace pare {

struct StructureImportance
{
    std::vector<at::Tensor> heads;   ///< float64 [heads(block)]
    std::vector<at::Tensor> neurons; ///< float64 [feedForwardWidth(block)]
};

/// How much the loss hangs on each head and feed-forward unit, to first order: the mean over
/// examples x of |∂L(x)/∂ξ|, where ξ = 1 is a gate that multiplies what the head or unit gives to
/// the rest, divided by the length (L2) of the block's vector so that blocks can be compared. Of
/// heads that is Michel et al. 2019 (1905.10650), of units Molchanov et al. 2017 (1611.06440). Zero
/// where the loss hangs on none of a block. Blocks that use one weight have one gate. Throws
/// Cancelled and what LossGradients does.
StructureImportance gateImportance(const NetworkSpecification &specification,
                                   const ModelWeights &weights, const CalibrationData &data,
                                   Progress &progress);

/// The mean size of each feed-forward unit's activation, behind the activation function, over all
/// tokens: float64 [feedForwardWidth(block)]. Needs no labels. Throws Cancelled.
std::vector<at::Tensor> neuronActivations(const NetworkSpecification &specification,
                                          const ModelWeights &weights, const CalibrationData &data,
                                          Progress &progress);

/// By how much the mean loss grows where a block is left out, its inputs passed on as they are.
/// Costs half as many passes through a block as there are blocks, squared: what comes before the
/// missing block is computed once for all. Throws what checkLabelled() does, and Cancelled.
std::vector<double> blockImportance(const NetworkSpecification &specification,
                                    const ModelWeights &weights, const CalibrationData &data,
                                    Progress &progress);

} // namespace pare

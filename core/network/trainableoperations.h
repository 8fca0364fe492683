// What a transformer is trained with, beside its linear layers: functions of autograd over packed
// batches, float32, contiguous. Fused, and with dropout that keeps no masks (trainingcode.h). Any
// thread.
#pragma once

#include "core/network/packedbatch.h"
#include "core/network/trainingcode.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <span>
#include <vector>

namespace pare {

struct AttentionShape
{
    std::int64_t heads = 0;
    std::int64_t headWidth = 0;
    bool causal = false;
};

/// softmax(q kᵀ / sqrt(headWidth)) v with dropout on the probabilities; queryKeyValue is
/// [tokens, 3 heads headWidth], the result [tokens, heads headWidth].
at::Tensor trainedAttention(const at::Tensor &queryKeyValue,
                            const std::vector<PackedBatch::Group> &groups,
                            const AttentionShape &shape, const Dropout &dropout);

/// norm(dropout(x) + residual) gamma + beta, rows of x [rows, width]; residual may be undefined.
at::Tensor trainedNorm(const at::Tensor &x, const at::Tensor &residual, const at::Tensor &gamma,
                       const at::Tensor &beta, double epsilon, const Dropout &dropout);

at::Tensor trainedDropout(const at::Tensor &x, const Dropout &dropout);

/// x Φ(x)
at::Tensor trainedGelu(const at::Tensor &x);

/// table[ids], [ids, width]; ids are checked by the caller.
at::Tensor trainedRows(const at::Tensor &table, std::span<const std::int64_t> ids);

/// Mean of -log softmax(logits)[target] over the rows of logits [rows, classes]; a scalar. Takes
/// the logits over for their own gradient: they are not to be read afterwards.
at::Tensor trainedCrossEntropy(const at::Tensor &logits, std::span<const std::int64_t> targets);

} // namespace pare

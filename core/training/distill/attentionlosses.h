// Distillation by what a teacher attends to: losses on attention. Free functions; any thread.
//
// Attention is computed again from the packed queries, keys and values, a few sequences of one
// length at a time. Each loss is a scalar, differentiable once with respect to the student's packed
// matrix; its gradient is computed with its value, so that no matrix of length by length outlives
// its sequences. The teacher's tensors get no gradient. There is no padding, hence no mask.
//
// In a batch of unlike lengths every entry (scores) and every query position (distributions) counts
// alike. All throw InvalidSetting for shapes and heads that do not fit.
#pragma once

#include "core/network/packedbatch.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <vector>

namespace pare {

struct PackedAttention
{
    at::Tensor queryKeyValue; ///< [tokens, 3 heads headWidth]: queries, keys, values of all heads
    std::int64_t heads = 1;
};

/// What the losses compare.
struct AttentionPair
{
    PackedAttention student;
    PackedAttention teacher;
};

using PackedGroups = std::vector<PackedBatch::Group>;

/// q kᵀ / sqrt(headWidth) of one group, [sequences, heads, length, length]; a function of autograd.
at::Tensor attentionScores(const PackedAttention &attention, const PackedBatch::Group &group);

/// Mean of (A_S - A_T)² over heads and entries, A the scores before softmax: TinyBERT (Jiao et al.
/// 2020). As many heads on both sides; their widths may differ.
at::Tensor scoreMse(const AttentionPair &pair, const PackedGroups &groups);

/// KL( softmax A_T ‖ softmax A_S ), the mean over heads and query positions: MobileBERT's attention
/// transfer (Sun et al. 2020), MiniLM's self-attention distributions (Wang et al. 2020), the latter
/// of the last layers alone. Heads as above.
at::Tensor attentionKl(const AttentionPair &pair, const PackedGroups &groups);

/// The same of softmax(v vᵀ / sqrt(headWidth)): MiniLM's value relation.
at::Tensor valueRelationKl(const AttentionPair &pair, const PackedGroups &groups);

enum class RelationKind { QueryQuery, KeyKey, ValueValue };

struct RelationOptions
{
    std::int64_t heads = 1; ///< divides the widths of both; 48 for base teachers, 64 for large ones
    std::vector<RelationKind> kinds{RelationKind::QueryQuery, RelationKind::KeyKey,
                                    RelationKind::ValueValue};
};

/// The self-attention relations of MiniLMv2 (Wang et al. 2021): heads laid side by side are split
/// into `heads` relation heads, and KL( softmax(x xᵀ / sqrt(width / heads)) of the teacher ‖ of the
/// student ) is taken, the mean over relation heads and query positions, added up over the kinds.
/// Widths and attention heads of the two may differ.
at::Tensor relationKl(const AttentionPair &pair, const PackedGroups &groups,
                      const RelationOptions &options);

} // namespace pare

// factorize.safe: self-attentive factorized embeddings (Reid, Marrese-Taylor, Matsuo 2021,
// arXiv:2101.00234).
//
// The token table becomes a narrow table [vocabulary, r] times a projection [r, width], and between
// the two the rows x of a sequence see each other: x + Wₒ attention(x). As Wₒ begins at zero, the
// model computes at first exactly what the two factors alone do; what the attention is worth, only
// training can tell. The paper's layer also has positions, norms and a feed-forward part between r
// and width, for which a start that changes nothing leaves no room.
#pragma once

#include "core/compression/plan.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

namespace pare {

/// The network that the plan makes of this one: with its attention among token rows, where it has
/// one. `specification` is of what structure leaves.
NetworkSpecification withTokenAttention(NetworkSpecification specification, const RecipePlan &plan);

/// The layers of that attention as it begins, float32: query, key and value drawn from N(0, 1/r),
/// output and all biases zero.
ModelWeights tokenAttentionWeights(const PlannedTokenAttention &planned);

} // namespace pare

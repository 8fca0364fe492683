// config.json of architectures that are described and not run: shapes, who shares with whom, and
// what is tied. Keys that change only what would be computed are checked all the same, so that no
// other model is described by mistake.
//
// What all architectures say alike (labels, class names) is left to the caller. Inner to core/model.
#pragma once

#include "core/model/specification.h"

namespace pare {

class ConfigReader;

// Each throws InvalidFile for values that cannot be, Unsupported for what Pare does not describe.

/// Lan et al. 2020, arXiv 1909.11942. `position_embedding_size`, a key of our own, is
/// `embedding_size` in the models that were released, and may be `hidden_size`: positions and token
/// types are then added after the projection, and the norm is as wide, as the paper's larger counts
/// have it.
NetworkSpecification readAlbert(ConfigReader &reader);

/// Sanh et al. 2019, arXiv 1910.01108.
NetworkSpecification readDistilBert(ConfigReader &reader);

/// Vaswani et al. 2017, arXiv 1706.03762, as Marian has it: an encoder and a decoder with biases,
/// norms after each residual sum and none after the stacks, sinusoidal positions, and one token
/// table for both stacks.
NetworkSpecification readMarian(ConfigReader &reader);

} // namespace pare

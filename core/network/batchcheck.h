// Whether a network can read a batch. A pure function; any thread.
#pragma once

namespace pare {

struct EmbeddingSpecification;
struct PackedBatch;

/// Throws InvalidSetting for a token that the embedding has not or a text that is too long for it,
/// Unsupported for a token type that it has not.
void checkBatch(const PackedBatch &batch, const EmbeddingSpecification &embedding);

} // namespace pare

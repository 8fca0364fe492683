// The token table of a network whose token rows see each other (Subformer's SAFE): a narrow table
// times the projection of its rows. Any thread.
#pragma once

#include "core/model/specification.h"
#include "core/weights/weight.h"

namespace pare {

/// Throws Unsupported where token rows see each other and the masked-LM decoder in use is tied to
/// their table; a decoder that `weights` lack is taken to be as the specification says.
void checkDecoderOfTokenRows(const NetworkSpecification &specification,
                             const ModelWeights &weights);

/// Left [vocabulary, attentionWidth], right [attentionWidth, width]. Throws as above, and InvalidFile
/// for a table of another form.
const Product &narrowTokenTable(const NetworkSpecification &specification,
                                const ModelWeights &weights);

} // namespace pare

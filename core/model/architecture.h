// One table row per architecture: what its layers are called and how they are shaped.
#pragma once

#include "core/model/layer.h"
#include "core/model/specification.h"

#include <optional>
#include <span>
#include <string_view>

namespace pare {

/// What a dimension of a layer's shape is, looked up in the specification.
enum class Dimension {
    Vocabulary,
    Positions,
    TokenTypes,
    EmbeddingWidth,
    PositionWidth,
    TokenRow, ///< of token rows that see each other
    Width,
    Attention,   ///< of the block: of the heads it has
    FeedForward, ///< of the block
    Labels,
    PairAnswers,
    None
};

/// Where in the model a layer stands; block layers are repeated for each block of a stack.
enum class Place {
    Embedding,
    TokenAttention, ///< of networks whose token rows see each other
    Block,
    CrossAttention, ///< in the blocks of stacks that have it
    Pooler,
    Classifier,
    Pair,
    MaskedLm,
    LanguageModel
};

struct LayerPattern
{
    std::string_view name;   ///< canonical; {stack} and {block} are replaced
    std::string_view tensor; ///< in the checkpoint, without ".weight" or ".bias"; so is {set},
                             ///< which set of weights the block uses
    Place place;
    LayerRole role;
    Dimension rows;
    Dimension columns; ///< None: a vector (norms)
    bool bias;
    std::string_view biasTensor = {}; ///< where it is not `tensor` + ".bias"
    std::string_view tiedTo = {};     ///< canonical name of the layer whose weight it is where tied
};

struct Architecture
{
    std::string_view modelType;
    std::string_view
        prefix; ///< of tensor names in checkpoints with heads: "bert."; those without may lack it
    std::span<const LayerPattern> layers;
    const char *onlyDescribed = nullptr; ///< the message why it is not run, with a place for a file
};

/// Throws Unsupported, naming what there is.
const Architecture &architectureOf(std::string_view modelType, const std::string &origin);

/// Of an architecture that is only described; nothing where its networks can be run.
std::optional<Message> whyNotRun(const NetworkSpecification &specification);

/// Layers with shapes, parameter counts and checkpoint tensor names, in the order in which data
/// flows. `bytes` of a layer counts float32; the total of the file is left 0 (core/checkpoint knows
/// files).
ModelDescription describe(const NetworkSpecification &specification);

/// The layers of an attention among token rows `width` wide, as a network with it has them; none
/// for an architecture that has no place for it.
std::vector<Layer> tokenAttentionLayers(const std::string &modelType, int width);

/// The layers of one head alone (a checkpoint may carry more heads than the one it is used with).
std::vector<Layer> headLayers(const NetworkSpecification &specification, HeadKind head);

} // namespace pare

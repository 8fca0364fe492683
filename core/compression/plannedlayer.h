// What a plan makes of one layer: values only, any thread.
#pragma once

#include "core/compression/factorize/kronecker.h"
#include "core/compression/factorize/rankchoice.h"
#include "core/compression/prune/masksetting.h"
#include "core/model/recipe.h"
#include "core/weights/codec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pare {

/// What becomes of one layer. Parts that no step sets stay as the model has them.
struct PlannedLayer
{
    std::string name;
    std::string owner; ///< whose weight it uses in the end; empty: its own
    bool sharesBias =
        false; ///< it uses the owner's bias as well (share.layers; not tied embeddings)
    std::vector<std::string> averagedWith; ///< layers whose mean with its own its weight becomes
    // The form, one at most:
    std::optional<std::int64_t> rank;        ///< of the product it becomes
    std::optional<RankBound> rankBound;      ///< what that rank will follow from
    std::optional<KroneckerShape> kronecker; ///< of the second of the factors it becomes
    std::optional<MaskSetting> mask;         ///< of every factor
    bool scalesInputs = false;               ///< every factor gets a scale of its inputs
    bool splitsColumns = false;              ///< columns of large inputs get a codec of their own
    std::optional<Codec> codec;              ///< of every factor, before any training
    bool splitsTernary = false;              ///< training makes two binary planes of it
    /// Numbers into the plan's recipe: which steps set those.
    std::optional<int> formStep, maskStep, codecStep;
    std::vector<std::string> steps; ///< texts of those that touch its weight, through its owner too
    bool sizeUnknown = false;       ///< what structure leaves of it, only data can tell

    /// The codec that is stored in the end.
    std::optional<Codec> storedCodec() const;
    bool changesForm() const { return rank || rankBound || kronecker; }
    /// Whether its own weight becomes another.
    bool changesWeight() const { return !averagedWith.empty() || changesForm() || mask || codec; }
    /// Whether only weights or data tell how many bytes, or parameters, it will have.
    bool bytesUnknown() const { return parametersUnknown() || splitsColumns; }
    bool parametersUnknown() const
    {
        return sizeUnknown || rankBound ||
               (mask &&
                (mask->scope == MaskScope::Global || mask->scope == MaskScope::Learned));
    }
    bool operator==(const PlannedLayer &) const = default;
};

/// The steps of a recipe that set the parts of one layer, by number.
struct PartSteps
{
    std::optional<int> form, mask, codec;
};

/// Reads what `steps` set of `layer` into `planned`. Throws InvalidSetting for forms that save
/// nothing, for masks that do not fit and for parts that do not go together.
void setParts(PlannedLayer &planned, const Layer &layer, const Recipe &recipe,
              const PartSteps &steps);

/// Shapes of the factors that the matrix of `layer` becomes, in the order of a weight's; not where
/// the rank is open. A layer that is not a matrix is its own one factor.
std::vector<std::vector<std::int64_t>> factorShapes(const PlannedLayer &planned,
                                                    const Layer &layer);

} // namespace pare

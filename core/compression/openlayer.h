// A layer in the making: the factors of its weight between two parts of the work (form, mask,
// codec), and what those parts are made with. Belongs to one compression.
#pragma once

#include "core/compression/factorize/decompositioncache.h"
#include "core/compression/gradientsource.h"
#include "core/compression/inputsource.h"
#include "core/compression/plan.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <optional>
#include <vector>

namespace pare {

/// A factor in the making.
struct Draft
{
    at::Tensor values; ///< float32
    at::Tensor mask;
    Codec codec;
    at::Tensor inputScale;
};

/// What one factor sees; undefined where nothing is known or asked for.
struct FactorInputs
{
    at::Tensor norms;          ///< float64 [in]
    at::Tensor meanMagnitudes; ///< float32 [in]; of the second of two factors root mean squares
    at::Tensor moment;         ///< float64 [in, in]
    at::Tensor largest;        ///< float32 [in]: max |x|; undefined of the second of two factors
};

struct OpenLayer
{
    const PlannedLayer *planned;
    Weight kind; ///< says which alternative is rebuilt
    std::vector<Draft> drafts;
    // Of each draft, where one threshold prunes several layers after all have been seen:
    std::vector<at::Tensor> scores;
    std::vector<FactorInputs> codecInputs;
};

/// What layers are made with.
struct LayerWork
{
    const Recipe &recipe;
    LayerInputSource &inputs;
    GradientSource &gradients;
    DecompositionCache *decompositions; ///< null: none are kept
    Progress &progress;

    /// By its number in a PlannedLayer.
    const Step &step(const std::optional<int> &number) const
    {
        return recipe.steps[static_cast<std::size_t>(number.value())];
    }
};

/// Weight (dense float32) and bias of a layer as the mean with those that will use them.
LayerWeights averaged(const PlannedLayer &planned, const ModelWeights &original);

/// The layer as `start` has it: shared and averaged as planned, stored as `original` stores it.
/// What its codec is to choose anew, input scales and kinds of columns, is multiplied out and put
/// together. Throws Unsupported for weights that are not finite.
OpenLayer opened(const PlannedLayer &planned, const ModelWeights &start,
                 const ModelWeights &original);

/// A weight of the same kind with other factors, in the order of `OpenLayer::drafts`.
Weight withFactors(const Weight &weight, const std::vector<Factor> &factors);

/// What one factor of the layer sees, for a step that needs to know: of two kinds of columns each its
/// own inputs; of a product U V the factor V sees the layer's inputs X, and U sees X Vᵀ. Throws
/// Unsupported for Kronecker products.
FactorInputs inputsOf(const OpenLayer &layer, std::size_t factor, const Step &step,
                      const LayerWork &work);

} // namespace pare

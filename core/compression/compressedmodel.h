// A whole model with a recipe carried out: structure taken away, then everything else.
#pragma once

#include "core/compression/compress.h"

namespace pare {

/// A model as it was opened.
struct OpenedModel
{
    const NetworkSpecification &specification;
    const ModelDescription &description;
    const ModelWeights &weights;
};

struct CompressedModel
{
    NetworkSpecification specification;
    ModelWeights weights; ///< blocks numbered anew where some are gone
    RecipePlan plan;      ///< as it was carried out, by the names of the whole model

    /// Ids of the tokens that are left; empty: all.
    std::vector<int> tokens() const;
    /// The name under which `weights` hold a layer of the whole model; empty: it is gone.
    std::string nameOf(const std::string &layer) const;
};

/// Whether what the steps look at is there. Throws InvalidSetting.
void checkInputs(const Recipe &recipe, const CompressionContext &context);

/// Chooses what structure goes, then compressed(). `plan` is of `model.description`. Throws what
/// compressed() does; InvalidSetting where a text or labels are missing that a choice needs.
CompressedModel compressedModel(const OpenedModel &model, const RecipePlan &plan,
                                Progress &progress, const CompressionContext &context = {});

} // namespace pare

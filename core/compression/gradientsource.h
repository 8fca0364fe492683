// Gives the techniques of one recipe the gradients of the loss by their layers' weights, in the
// original model: with sharing applied, before any form, mask or codec. There is no sequential
// kind, for a loss goes through all layers at once. Computed together, when a step first asks.
// Belongs to one compression.
#pragma once

#include "core/compression/gradients.h"
#include "core/compression/plan.h"

#include <optional>

namespace pare {

class GradientSource
{
public:
    /// `start`: the weights with sharing applied and nothing else; it and the others must outlive
    /// this. Throws InvalidSetting where a step needs labelled data and there is none, and what
    /// checkLabelled() does.
    GradientSource(const RecipePlan &plan, const NetworkSpecification *specification,
                   const CalibrationData *data, const ModelWeights &start);

    /// Of a layer that a step of the plan needs it of, float32 [out, in]: Σ ∂L/∂W over the
    /// examples, and Σ (∂L/∂W)². Throw Cancelled and what layerGradients() does.
    const at::Tensor &sum(const std::string &layer, Progress &progress);
    const at::Tensor &squares(const std::string &layer, Progress &progress);

private:
    const LayerGradients &computed(Progress &progress);

    const NetworkSpecification *m_specification;
    const CalibrationData *m_data;
    const ModelWeights &m_start;
    WantedGradients m_wanted;
    std::optional<LayerGradients> m_gradients;
};

} // namespace pare

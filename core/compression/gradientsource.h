// Gives the techniques of one recipe the gradients of the loss by their layers' weights, in the
// original model: with sharing applied, before any form, mask or codec. There is no sequential
// kind, for a loss goes through all layers at once. Computed together, when a step first asks.
// Where there is a store they are kept, those of all matrices of the blocks at once: one pass back
// serves the recipes for other layers too. Belongs to one compression.
#pragma once

#include "core/compression/gradients.h"
#include "core/compression/keptstatistics.h"
#include "core/compression/plan.h"

#include <optional>

namespace pare {

class GradientSource
{
public:
    /// `start`: the weights with sharing applied and nothing else; it and the others must outlive
    /// this. Throws InvalidSetting where a step needs labelled data and there is none, and what
    /// checkLabelled() does.
    GradientSource(const RecipePlan &plan, const CalibrationWork &work, const ModelWeights &start);

    /// Of a layer that a step of the plan needs it of, float32 [out, in]: Σ ∂L/∂W over the
    /// examples, and Σ (∂L/∂W)². Throw Cancelled and what layerGradients() does.
    const at::Tensor &sum(const std::string &layer, Progress &progress);
    const at::Tensor &squares(const std::string &layer, Progress &progress);

private:
    using Sums = std::map<std::string, at::Tensor>;

    const LayerGradients &gradients(Progress &progress);
    /// Keeps more than it returns, which is what is wanted.
    LayerGradients made(WantedGradients missing, Progress &progress);
    /// Takes from the store what it has; the rest is still wanted.
    std::set<std::string> recall(const char *kind, const std::set<std::string> &wanted, Sums &sums);
    void keep(const LayerGradients &gradients);

    CalibrationWork m_work;
    const ModelWeights &m_start;
    KeptStatistics m_kept;
    WantedGradients m_wanted;
    std::set<std::string> m_matrices; ///< of the blocks, that own their weight
    std::optional<LayerGradients> m_gradients;
};

} // namespace pare
